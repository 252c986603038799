/**
 * Large photos end to end on WASM (issue 13, §2): decoded whole against as far as needed, taking turns. Drawn pictures; with ANYSIZE_SHARED the photos of
 * images/known, enlarged. Parts: a number is how many rounds.
 */
import { BENCH_OPTIONS as options } from '../src/bench/benchOptions.ts';
import { drawPhoto } from '../src/bench/drawnPhoto.ts';
import { spreadOf } from '../src/bench/spread.ts';
import { engine } from '../src/client/engineClient.ts';
import type { Analysis, Decoding, ImageInput } from '../src/core/model.ts';
import { ms } from './measure.ts';
import type { Bench, Row, Table } from './table.ts';

const PHOTOS = 12;
const ROUNDS = 3;
const GOAL = 1.8;
/** 12 to 16 megapixels, as phones and cameras make them. */
const SIZES = [
  [4000, 3000],
  [3024, 4032],
  [4624, 3468],
  [4608, 3456],
] as const;
const WAYS: readonly Decoding[] = ['whole', 'needed'];
const STAGES = ['decode', 'size', 'backbone', 'spp', 'head'] as const;

async function photo(i: number, names: readonly string[]): Promise<Blob> {
  const [width, height] = SIZES[i % SIZES.length] ?? SIZES[0];
  const name = names[i];
  let canvas: OffscreenCanvas;
  if (name === undefined) canvas = drawPhoto(width, height, i);
  else {
    const own = await createImageBitmap(await (await fetch(`/bench-shared/images/known/${name}`)).blob());
    canvas = new OffscreenCanvas(width, height);
    const drawing = canvas.getContext('2d', { alpha: false });
    if (!drawing) throw new Error('no canvas');
    drawing.imageSmoothingQuality = 'high';
    const scale = Math.max(width / own.width, height / own.height);
    const [w, h] = [own.width * scale, own.height * scale];
    drawing.drawImage(own, (width - w) / 2, (height - h) / 2, w, h);
    own.close();
  }
  return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.92 });
}

interface Walk {
  analysis: Analysis;
  milliseconds: number;
}

async function walked(image: ImageInput, look: boolean): Promise<Walk> {
  const started = performance.now();
  const analysis = await (look ? engine.inspect('bench', image, options) : engine.analyse('bench', image, options));
  return { analysis, milliseconds: performance.now() - started };
}

/** Each photo by both ways, the second way first every other time. */
async function walks(
  photos: readonly Blob[],
  rounds: number,
  look: boolean,
  progress: (text: string) => void,
): Promise<Record<Decoding, Walk[]>> {
  const all: Record<Decoding, Walk[]> = { whole: [], needed: [] };
  for (let round = 0; round < rounds; round++) {
    for (const [i, blob] of photos.entries()) {
      const order = (round + i) % 2 ? WAYS.toReversed() : WAYS;
      for (const decoding of order) all[decoding].push(await walked({ blob, name: `${i}.jpg`, decoding }, look));
    }
    progress(`round ${round + 1} of ${rounds}${look ? ', to look at' : ''}`);
  }
  return all;
}

function stageRows(found: Record<Decoding, Walk[]>, rest: string): Row[] {
  const median = (way: Decoding, of: (walk: Walk) => number) => spreadOf(found[way].map(of)).median;
  const row = (name: string, of: (walk: Walk) => number): Row => {
    const [whole, needed] = [median('whole', of), median('needed', of)];
    return { cells: [name, ms(whole), ms(needed), `${(whole / needed).toFixed(2)}×`] };
  };
  const inside = ({ analysis: { times } }: Walk) => STAGES.reduce((sum, stage) => sum + times[stage], 0);
  const total = row('all of it, from the file to the classes', ({ milliseconds }) => milliseconds);
  const spread = WAYS.map((way) => {
    const { low, high } = spreadOf(found[way].map(({ milliseconds }) => milliseconds));
    return `${ms(low)} – ${ms(high)}`;
  });
  return [
    ...STAGES.map((stage) => row(stage, ({ analysis }) => analysis.times[stage])),
    row(rest, (walk) => walk.milliseconds - inside(walk)),
    total,
    { cells: ['  half of all between', ...spread, ''] },
  ];
}

export const bench: Bench = async (progress, [asked]) => {
  const rounds = Number(asked ?? ROUNDS);
  await engine.use('wasm');
  const listed = await fetch('/bench-shared/images/known/');
  const names = listed.ok ? ((await listed.json()) as string[]).filter((name) => /\.(jpg|png)$/.test(name)) : [];
  const photos: Blob[] = [];
  for (let i = 0; i < PHOTOS; i++) photos.push(await photo(i, names));
  progress('photos are made');
  // The first walk waits for weights and shaders.
  for (const decoding of WAYS) await walked({ blob: photos[0] ?? new Blob(), name: 'warm', decoding }, true);
  const plain = await walks(photos, rounds, false, progress);
  const looked = await walks(photos, 1, true, progress);
  const sum = (walks: readonly Walk[]) => walks.reduce((total, { milliseconds }) => total + milliseconds, 0);
  const ratio = sum(plain.whole) / sum(plain.needed);
  const same = plain.whole.filter(
    ({ analysis }, i) => analysis.top[0]?.label === plain.needed[i]?.analysis.top[0]?.label,
  ).length;
  const reductions = new Set(plain.needed.map(({ analysis }) => analysis.facts.reduction ?? 1));
  const columns = ['stage, median', 'decoded whole', 'as needed', 'ratio'];
  const tables: Table[] = [
    {
      title: `${PHOTOS} JPEGs of 12 to 16 megapixels, one at a time, with a thumbnail, on WASM`,
      columns,
      rows: [
        ...stageRows(plain, 'thumbnail and messages'),
        {
          cells: [
            'the twelve together',
            ms(sum(plain.whole) / rounds),
            ms(sum(plain.needed) / rounds),
            `${ratio.toFixed(2)}×`,
          ],
          target: { text: `≥ ${GOAL}×`, met: ratio >= GOAL },
        },
        {
          cells: ['the same best class', '', `${same} of ${plain.whole.length}`, ''],
          target: { text: 'all', met: names.length === 0 || same === plain.whole.length },
        },
      ],
      notes: [
        `${names.length ? 'Photos of images/known, enlarged' : 'Drawn pictures'}; decoded at 1/${[...reductions].join(' and 1/')}; two looks each (areas 300 and 224).`,
        'Both ways take turns. “size” is reading pixels and resampling them, for both looks.',
      ],
    },
    {
      title: 'The same, looked at: with evidence and a picture of up to 1,600 px',
      columns,
      rows: stageRows(looked, 'picture and messages'),
      notes: [],
    },
  ];
  return tables;
};
