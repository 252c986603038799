/** Images at their native size on WASM, in tiles, and streams of 500 sizes: seconds and memory. Parts: {@link PARTS}. */
import { engine } from '../src/client/engineClient.ts';
import { trainFromConsole } from '../src/client/consoleTraining.ts';
import type { AnalyseOptions } from '../src/core/model.ts';
import { DEFAULT_MAX_PIXELS } from '../src/core/size/policies/native.ts';
import { memoryTarget, peakCell } from './memoryCells.ts';
import { classifying, drawn, training } from './streams.ts';
import type { Bench, Row, Table } from './table.ts';

const IMAGES = { '24mp': '31_24MP_6000x4000.jpg', '108mp': '32_108MP_12000x9000.jpg' };
/** In this order: the WASM heap never shrinks, so the streams come first. */
const PARTS = ['stream', 'training', '24mp', '108mp', 'twice', 'photos'] as const;
const LARGE = new Set<string>(['24mp', '108mp', 'twice', 'photos']);

const options: AnalyseOptions = {
  policy: { kind: 'native', maxPixels: DEFAULT_MAX_PIXELS },
  pyramid: { levels: [4, 2, 1], rule: 'adaptive', pooling: 'max' },
  head: 'none',
  maxPixels: DEFAULT_MAX_PIXELS,
};

async function fetched(name: string): Promise<Blob> {
  const answer = await fetch(`/bench-image/${name}`);
  if (!answer.ok) throw new Error(`${name} is not there: set ANYSIZE_SHARED`);
  return answer.blob();
}

async function native(name: string, nth: string, progress: (text: string) => void): Promise<Row> {
  const image = { blob: await fetched(name), name };
  await window.benchResetPeak();
  let said = 0;
  const { plan, tiles, times } = await engine.analyse(name, image, options, (_, tile) => {
    if (tile && tile.done >= said + 10) progress(`${name}: ${(said = tile.done)} of ${tile.total} tiles`);
  });
  return row(
    `${name}${nth}`,
    `${plan.input.width} × ${plan.input.height}`,
    `${tiles?.count ?? 1} of ${tiles?.width ?? '–'} × ${tiles?.height ?? '–'}`,
    times.total,
  );
}

async function row(what: string, input: string, tiles: string, milliseconds: number): Promise<Row> {
  const { wasmHeapBytes, numTensors } = await engine.memory();
  const { cell, met, known } = await peakCell();
  const heap = `${((wasmHeapBytes ?? 0) / 1e6).toFixed(0)} MB, ${numTensors}`;
  return {
    cells: [what, input, tiles, `${(milliseconds / 1000).toFixed(1)} s`, heap, cell],
    ...(known ? { target: { text: memoryTarget, met } } : {}),
  };
}

/** Both as training photos at their native size, two small ones beside them. */
async function largePhotos(progress: (text: string) => void): Promise<Row> {
  const [first, second] = [await fetched(IMAGES['24mp']), await fetched(IMAGES['108mp'])];
  const classes = { one: [first, await drawn(0)], other: [second, await drawn(1)] };
  await window.benchResetPeak();
  const started = performance.now();
  const { run } = await trainFromConsole(
    { classes, options: { policy: options.policy, split: { share: 0 } } },
    (told) => {
      if (told.phase === 'vectors') progress(`${told.done} of ${told.total} training photos`);
    },
  );
  if (run.failed.length) throw new Error(run.failed.map(({ message }) => message).join(' '));
  return row('both, trained on', 'native', '', performance.now() - started);
}

export const bench: Bench = async (progress, asked) => {
  const unknown = asked.filter((part) => !(PARTS as readonly string[]).includes(part));
  if (unknown.length) throw new Error(`no such part: ${unknown.join(', ')}; there are: ${PARTS.join(', ')}`);
  const parts = PARTS.filter((part) => asked.length === 0 || asked.includes(part));
  // Said at once: all of it takes many minutes, and longer on a GPU in software.
  const said = (row: Row) => {
    progress(row.cells.join(' · '));
    return row;
  };
  const streams: Row[] = [];
  for (const backend of ['wasm', 'webgpu'] as const) {
    if (parts.includes('stream')) streams.push(said(await classifying(backend, progress)));
    if (parts.includes('training')) streams.push(said(await training(backend, progress)));
  }
  const rows: Row[] = [];
  if (parts.some((part) => LARGE.has(part))) await engine.use('wasm');
  const large24 = () => native(IMAGES['24mp'], '', progress);
  const large108 = (nth: string) => native(IMAGES['108mp'], nth, progress);
  if (parts.includes('24mp')) rows.push(said(await large24()));
  if (parts.includes('108mp') || parts.includes('twice')) rows.push(said(await large108('')));
  if (parts.includes('twice')) rows.push(said(await large108(', again')));
  if (parts.includes('photos')) rows.push(said(await largePhotos(progress)));
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
