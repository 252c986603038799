/** Images at their native size on WASM, in tiles, and streams of 500 sizes: seconds and memory. Parts: stream, training, 24mp, 108mp, twice. */
import { engine } from '../src/engine/client.ts';
import type { AnalyseOptions } from '../src/engine/protocol.ts';
import { DEFAULT_MAX_PIXELS } from '../src/engine/sizing.ts';
import { memoryTarget, peakCell } from './memoryCells.ts';
import { classifying, training } from './streams.ts';
import type { Bench, Row, Table } from './table.ts';

const IMAGES = { '24mp': '31_24MP_6000x4000.jpg', '108mp': '32_108MP_12000x9000.jpg' };
/** In this order: the WASM heap never shrinks, so the streams come first. */
const PARTS = ['stream', 'training', '24mp', '108mp', 'twice'] as const;
type Part = (typeof PARTS)[number];

const options: AnalyseOptions = {
  policy: { kind: 'native', maxPixels: DEFAULT_MAX_PIXELS },
  pyramid: { levels: [4, 2, 1], rule: 'adaptive', pooling: 'max' },
  head: 'none',
  maxPixels: DEFAULT_MAX_PIXELS,
};

async function native(name: string, nth: string, progress: (text: string) => void): Promise<Row> {
  const answer = await fetch(`/bench-image/${name}`);
  if (!answer.ok) throw new Error(`${name} is not there: set ANYSIZE_SHARED`);
  const image = { blob: await answer.blob(), name };
  await window.benchResetPeak();
  let said = 0;
  const { plan, tiles, times } = await engine.analyse(name, image, options, (_, tile) => {
    if (tile && tile.done >= said + 10) progress(`${name}: ${(said = tile.done)} of ${tile.total} tiles`);
  });
  const { wasmHeapBytes, numTensors } = await engine.memory();
  const { cell, met, known } = await peakCell();
  return {
    cells: [
      `${name}${nth}`,
      `${plan.input.width} × ${plan.input.height}`,
      `${tiles?.count ?? 1} of ${tiles?.width ?? '–'} × ${tiles?.height ?? '–'}`,
      `${(times.total / 1000).toFixed(1)} s`,
      `${((wasmHeapBytes ?? 0) / 1e6).toFixed(0)} MB, ${numTensors}`,
      cell,
    ],
    ...(known ? { target: { text: memoryTarget, met } } : {}),
  };
}

async function natives(parts: readonly Part[], progress: (text: string) => void): Promise<Row[]> {
  await engine.use('wasm');
  const rows: Row[] = [];
  if (parts.includes('24mp')) rows.push(await native(IMAGES['24mp'], '', progress));
  const times = parts.includes('twice') ? 2 : parts.includes('108mp') ? 1 : 0;
  for (let i = 0; i < times; i++) rows.push(await native(IMAGES['108mp'], i ? ', again' : '', progress));
  return rows;
}

export const bench: Bench = async (progress, asked) => {
  const unknown = asked.filter((part) => !(PARTS as readonly string[]).includes(part));
  if (unknown.length) throw new Error(`no such part: ${unknown.join(', ')}; there are: ${PARTS.join(', ')}`);
  const parts = PARTS.filter((part) => asked.length === 0 || asked.includes(part));
  const streams: Row[] = [];
  for (const backend of ['wasm', 'webgpu'] as const) {
    if (parts.includes('stream')) streams.push(await classifying(backend, progress));
    if (parts.includes('training')) streams.push(await training(backend, progress));
  }
  const rows = await natives(parts, progress);
  const peak =
    'Peak memory: most that the page and its worker had resident meanwhile, decoded picture and libraries included.';
  const tables: Table[] = [
    {
      title: 'Images of 500 sizes, 33 × 33 to 120 × 99, no two alike',
      columns: ['backend', 'images', 'WASM heap / GPU buffers', 'tensors', 'peak memory'],
      rows: streams,
      notes: [peak],
    },
    {
      title: 'Native size on WASM, feature vector [4,2,1]',
      columns: ['image', 'input', 'tiles', 'time', 'WASM heap, tensors', 'peak memory'],
      rows,
      notes: [peak],
    },
  ];
  return tables.filter((table) => table.rows.length > 0);
};
