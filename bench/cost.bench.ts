/**
 * What the new features cost in one answer (issue 11, §4): one photo classified by a head on them, with the pyramid and without, beside the same by a
 * head as in the paper, on WASM. The three take turns on every photo. What counts is processor time, which says the same on a busy machine as on an
 * idle one; the clock stands beside it. Parts: a number is the most photos.
 */
import { BENCH_OPTIONS } from '../src/bench/benchOptions.ts';
import { drawnJpeg } from '../src/bench/drawnPhoto.ts';
import { trainFromConsole } from '../src/client/consoleTraining.ts';
import { engine } from '../src/client/engineClient.ts';
import type { Analysis } from '../src/core/model.ts';
import type { VectorOptions } from '../src/core/training/model.ts';
import { median, ms } from './measure.ts';
import { medianRange } from './medianRange.ts';
import type { Bench, Row } from './table.ts';

const GOAL = 1.05;
const LEAST_PHOTOS = 60;
const MOST_PHOTOS = 480;
const WARM_PHOTOS = 6;
const DRAWN = 12;
const STAGES = ['decode', 'size', 'backbone', 'spp', 'head'] as const;

const HEADS = {
  paper: { features: 'paper' },
  plain: { features: 'anysize', grids: { two: 0, four: 0 } },
  grids: { features: 'anysize', grids: { two: 1, four: 0.6 } },
} satisfies Record<string, Partial<VectorOptions>>;
type Name = keyof typeof HEADS;
const NAMES: readonly Name[] = ['paper', 'plain', 'grids'];
const WORDS: Record<Name, string> = {
  paper: 'as in the paper: max [4,2,1], L2',
  plain: 'new features, without the pyramid',
  grids: 'new features, with the pyramid',
};

interface Answered {
  milliseconds: number;
  /** Of processor time, the page's and its workers'; null where that cannot be told. */
  busy: number | null;
  times: Analysis['times'];
}

async function trainedHeads(): Promise<Record<Name, string>> {
  const few = (from: number) => Promise.all([0, 1, 2, 3].map((i) => drawnJpeg(100, 80, from + i)));
  const classes = { a: await few(1), b: await few(11) };
  const ids: Partial<Record<Name, string>> = {};
  for (const name of NAMES) {
    const options = { vectors: HEADS[name], training: { method: 'exact' as const }, split: { share: 0 } };
    ids[name] = (await trainFromConsole({ classes, options })).run.id;
  }
  return ids as Record<Name, string>;
}

export const bench: Bench = async (progress, [asked]) => {
  const most = Number(asked ?? MOST_PHOTOS);
  await engine.use('wasm');
  const ids = await trainedHeads();
  // They have no key, so nothing of them is kept from one answer to the next.
  const photos = await Promise.all(Array.from({ length: DRAWN }, (_, i) => drawnJpeg(640, 480, 100 + i)));
  const found: Record<Name, Answered[]> = { paper: [], plain: [], grids: [] };
  const answer = async (name: Name, blob: Blob): Promise<Answered> => {
    const options = { ...BENCH_OPTIONS, head: { id: ids[name] }, thumbnail: false };
    const before = await window.benchThreadSeconds();
    const started = performance.now();
    const { times } = await engine.analyse('bench', { blob, name: 'photo.jpg' }, options);
    const milliseconds = performance.now() - started;
    const after = await window.benchThreadSeconds();
    return { milliseconds, busy: before === null || after === null ? null : 1000 * (after - before), times };
  };
  const onClock = (name: Name) => found[name].map(({ milliseconds }, i) => milliseconds / found.paper[i]!.milliseconds);
  const ratios = (name: Name) => {
    const busy = found[name].map((one, i) => (one.busy ?? Number.NaN) / (found.paper[i]!.busy ?? Number.NaN));
    return busy.some(Number.isNaN) ? onClock(name) : busy;
  };
  // A busy machine's noise is larger than what is measured: more photos, until it is clear on which side of the goal the median is.
  const clear = () =>
    (['plain', 'grids'] as const).every((name) => {
      const { low, high } = medianRange(ratios(name));
      return high <= GOAL || low > GOAL;
    });
  for (let i = -WARM_PHOTOS; i < most && !(i >= LEAST_PHOTOS && i % 20 === 0 && clear()); i++) {
    const blob = photos[(i + DRAWN) % DRAWN]!;
    const turns = NAMES.map((_, k) => NAMES[(k + i + WARM_PHOTOS) % NAMES.length]!);
    for (const name of i % 2 ? turns : turns.toReversed()) {
      const one = await answer(name, blob);
      if (i >= 0) found[name].push(one);
    }
    if (i % 20 === 19)
      progress(`${i + 1} photos; ${ratios('grids').length ? median(ratios('grids')).toFixed(3) : ''}×`);
  }
  const rows = NAMES.map((name): Row => {
    const stages = STAGES.map((stage) => ms(median(found[name].map(({ times }) => times[stage]))));
    const busy = found[name].map((one) => one.busy ?? Number.NaN);
    const clock = median(found[name].map(({ milliseconds }) => milliseconds));
    const cells = [WORDS[name], busy.some(Number.isNaN) ? 'unknown' : ms(median(busy)), ms(clock), ...stages];
    if (name === 'paper') return { cells: [...cells, '1', '1', ''] };
    const ratio = median(ratios(name));
    const { low, high } = medianRange(ratios(name));
    return {
      cells: [
        ...cells,
        `${median(onClock(name)).toFixed(3)}×`,
        `${ratio.toFixed(3)}×`,
        `${low.toFixed(3)} – ${high.toFixed(3)}`,
      ],
      target: { text: `≤ ${GOAL}×`, met: ratio <= GOAL },
    };
  });
  return [
    {
      title: `One photo of 640 × 480 classified by a head trained here, ${found.paper.length} photos, on WASM`,
      columns: ['head', 'processor', 'clock', ...STAGES, 'by the clock', 'by the processor', '95 % sure'],
      rows,
      notes: [
        'Medians; a ratio is the median of those on each photo, on which the three take turns. Stages are by the clock.',
        'The goal is for processor time, which other work on the machine changes least; for the clock where it cannot be told.',
      ],
    },
  ];
};
