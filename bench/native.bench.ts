/** Images at their native size on WASM, in tiles, and 500 images of 500 sizes: seconds and memory. */
import { engine } from '../src/engine/client.ts';
import type { AnalyseOptions } from '../src/engine/protocol.ts';
import { DEFAULT_MAX_PIXELS } from '../src/engine/sizing.ts';
import type { Bench, Row } from './table.ts';

const IMAGES = ['31_24MP_6000x4000.jpg', '32_108MP_12000x9000.jpg'];
const MAX_MEMORY = 1.5e9;
const SIZES = 500;
/** A software GPU takes seconds for each. */
const SIZES_IN_SOFTWARE = 50;
const MAX_HEAP = 128 * 2 ** 20;

const options: AnalyseOptions = {
  policy: { kind: 'native', maxPixels: DEFAULT_MAX_PIXELS },
  pyramid: { levels: [4, 2, 1], rule: 'adaptive', pooling: 'max' },
  head: 'none',
  maxPixels: DEFAULT_MAX_PIXELS,
};

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;

async function native(name: string, progress: (text: string) => void): Promise<Row> {
  const answer = await fetch(`/bench-image/${name}`);
  if (!answer.ok) throw new Error(`${name} is not there: set ANYSIZE_SHARED`);
  const image = { blob: await answer.blob(), name };
  let said = 0;
  const { plan, tiles, times } = await engine.analyse(name, image, options, (_, tile) => {
    if (tile && tile.done >= said + 10) progress(`${name}: ${(said = tile.done)} of ${tile.total} tiles`);
  });
  const peak = await window.benchPeakMemory();
  return {
    cells: [
      name,
      `${plan.input.width} × ${plan.input.height}`,
      `${tiles?.count ?? 1} of ${tiles?.width ?? '–'} × ${tiles?.height ?? '–'}`,
      `${(times.total / 1000).toFixed(1)} s`,
      peak === null ? 'unknown' : megabytes(peak),
    ],
    ...(peak === null ? {} : { target: { text: `< ${megabytes(MAX_MEMORY)}`, met: peak < MAX_MEMORY } }),
  };
}

/** Images of 500 sizes in a row, no two alike. */
async function stream(backend: 'wasm' | 'webgpu', progress: (text: string) => void): Promise<Row> {
  const { software } = await engine.use(backend);
  const count = software ? SIZES_IN_SOFTWARE : SIZES;
  const tensors = new Set<number>();
  let most = 0;
  for (let i = 0; i < count; i++) {
    const canvas = new OffscreenCanvas(33 + (i % 100), 33 + Math.floor(i / 100) * 32 + (i % 31));
    canvas.getContext('2d')?.fillRect(0, 0, 20, 20);
    await engine.vector({ blob: await canvas.convertToBlob(), name: `${i}` }, options.policy, options.pyramid);
    const memory = await engine.memory();
    tensors.add(memory.numTensors);
    most = Math.max(most, memory.wasmHeapBytes ?? memory.numBytesAllocatedInGPU ?? Infinity);
    if (i % 50 === 49) progress(`${backend}: ${i + 1} of ${count} sizes`);
  }
  const limit = backend === 'wasm' ? MAX_HEAP : 400 * 2 ** 20;
  return {
    cells: [backend, `${count}`, megabytes(most), `${tensors.size === 1 ? 'constant' : `${tensors.size} counts`}`],
    target: { text: `< ${megabytes(limit)}, constant`, met: most < limit && tensors.size === 1 },
  };
}

export const bench: Bench = async (progress) => {
  await engine.use('wasm');
  // Streams first: the WASM heap never shrinks.
  const streams = [await stream('wasm', progress), await stream('webgpu', progress)];
  await engine.use('wasm');
  const rows: Row[] = [];
  for (const name of IMAGES) rows.push(await native(name, progress));
  return [
    {
      title: 'Images of as many sizes in a row',
      columns: ['backend', 'sizes', 'WASM heap / GPU buffers', 'tensors'],
      rows: streams,
      notes: [],
    },
    {
      title: 'Native size on WASM, feature vector [4,2,1]',
      columns: ['image', 'input', 'tiles', 'time', 'peak memory'],
      rows,
      notes: [
        'Peak memory: most that the page and its worker ever had resident, decoded picture and libraries included.',
      ],
    },
  ];
};
