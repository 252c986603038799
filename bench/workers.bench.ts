/** A list of 200 photos of 20 sizes on one engine and on two, block by block in turns: photos a second, processor time, memory, and whether the answers are the same. */
import { BENCH_OPTIONS as options } from '../src/bench/benchOptions.ts';
import { engine } from '../src/client/engineClient.ts';
import { enginePool, pooledEngine } from '../src/client/pool/pooledEngine.ts';
import { type Hands, WorkQueue } from '../src/client/queue/WorkQueue.ts';
import { useStore } from '../src/store/store.ts';
import type { ProcessorShares } from '../tools/processorTime.ts';
import { megabytes } from './memoryCells.ts';
import type { Bench } from './table.ts';

const PHOTOS = 200;
const SIZES = 20;
const BLOCKS = 2;
const IN_FLIGHT = 2;
const LEAST_RATIO = 1.7;
const MOST_BYTES = 350e6;

/** A JPEG of one of 20 sizes, 240 × 180 to 810 × 598, with as much detail as a photo's file has. */
function photo(i: number): Promise<Blob> {
  const nth = i % SIZES;
  const [width, height] = nth % 2 ? [180 + nth * 22, 240 + nth * 30] : [240 + nth * 30, 180 + nth * 22];
  const canvas = new OffscreenCanvas(width, height);
  const drawing = canvas.getContext('2d');
  if (!drawing) throw new Error('no canvas');
  let state = i + 1;
  const random = () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
  for (let shape = 0; shape < 400; shape++) {
    drawing.fillStyle = `hsl(${random() * 360} ${random() * 100}% ${random() * 100}%)`;
    drawing.fillRect(random() * width, random() * height, (random() * width) / 6, (random() * height) / 6);
  }
  return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.85 });
}

interface Outcome {
  seconds: number;
  answers: string[];
}

type Engines = 'one' | 'two';

/** Answers a block of photos as the page's list does. */
async function answered(photos: readonly Blob[], engines: Engines): Promise<Outcome> {
  const answers: string[] = [];
  const { analyse } = engines === 'two' ? pooledEngine : engine;
  const hands: Hands = engines === 'two' ? enginePool : { count: 1, want: () => {} };
  const started = performance.now();
  await new Promise<void>((resolve) => {
    const queue = new WorkQueue({
      name: engines,
      concurrency: IN_FLIGHT,
      hands,
      cancel: () => {},
      tell: () => {},
      onIdle: resolve,
    });
    photos.forEach((blob, i) =>
      queue.add(String(i), async (task) => {
        const { top } = await analyse(task, { blob, name: `${i}.jpg` }, options);
        answers[i] = JSON.stringify(top);
      }),
    );
  });
  return { seconds: (performance.now() - started) / 1000, answers };
}

/** Gives the engines work until the helper is there and has had every size too: its heap and its compiled code are then what they become. */
async function untilTwo(photos: readonly Blob[]): Promise<void> {
  if (enginePool.count === 2) return;
  while (enginePool.count < 2) await answered(photos, 'two');
  for (let again = 0; again < 2; again++) await answered(photos, 'two');
}

/** What the engines and the rest of the browser took from the processors, seconds. */
class Spent {
  seconds = 0;
  engines = 0;
  rest = 0;
  /** Of the engines' threads, ready to go on, for a processor. */
  waited = 0;
  known = true;

  add(seconds: number, before: ProcessorShares | null, after: ProcessorShares | null): void {
    this.seconds += seconds;
    this.known &&= before !== null && after !== null;
    if (!before || !after) return;
    this.rest += after.rest - before.rest;
    for (const { id, ran, waited } of after.workers) {
      const then = before.workers.find((worker) => worker.id === id);
      this.engines += ran - (then?.ran ?? 0);
      this.waited += waited - (then?.waited ?? 0);
    }
  }

  /** Milliseconds of a photo. */
  each(seconds: number): string {
    return this.known ? `${((1000 * seconds) / PHOTOS).toFixed(1)} ms` : 'unknown';
  }
}

export const bench: Bench = async (progress) => {
  const { setBackend, changeSettings } = useStore.getState();
  setBackend(await engine.use('wasm'));
  changeSettings({ workers: 2 });
  const photos: Blob[] = [];
  for (let i = 0; i < PHOTOS; i++) photos.push(await photo(i));
  const block = (nth: number) => photos.slice((nth * PHOTOS) / BLOCKS, ((nth + 1) * PHOTOS) / BLOCKS);

  // With every size, so that heap and compiled code are what they become; the helper is not there yet.
  for (let again = 0; again < 3; again++) await answered(photos.slice(0, SIZES), 'one');
  await window.benchResetPeak();
  const spent: Record<Engines, Spent> = { one: new Spent(), two: new Spent() };
  const peaks: Partial<Record<Engines, number | null>> = {};
  const ratios: number[] = [];
  let different = 0;
  const run = async (engines: Engines, nth: number): Promise<Outcome> => {
    if (engines === 'two') await untilTwo(photos.slice(0, SIZES));
    const before = await window.benchProcessorShares();
    const outcome = await answered(block(nth), engines);
    spent[engines].add(outcome.seconds, before, await window.benchProcessorShares());
    if (!(engines in peaks)) peaks[engines] = await window.benchPeakMemory();
    progress(`${block(nth).length} photos on ${engines}: ${(block(nth).length / outcome.seconds).toFixed(1)} a second`);
    return outcome;
  };
  for (let nth = 0; nth < BLOCKS; nth++) {
    // Each goes first in half of the blocks; one alone has to come first of all, for its memory.
    const first = await run(nth % 2 ? 'two' : 'one', nth);
    const second = await run(nth % 2 ? 'one' : 'two', nth);
    ratios.push(nth % 2 ? second.seconds / first.seconds : first.seconds / second.seconds);
    different += first.answers.filter((answer, i) => answer !== second.answers[i]).length;
    if (first.answers.length !== second.answers.length) different += block(nth).length;
  }
  const { one, two } = spent;
  const ratio = one.seconds / two.seconds;
  const more = peaks.one && peaks.two ? peaks.two - peaks.one : null;
  const row = (engines: Engines) => {
    const { seconds, engines: ran, rest } = spent[engines];
    return [
      engines,
      `${seconds.toFixed(1)} s`,
      (PHOTOS / seconds).toFixed(2),
      spent[engines].each(ran),
      spent[engines].each(rest),
      peaks[engines] ? megabytes(peaks[engines]) : 'unknown',
    ];
  };
  const cores = navigator.hardwareConcurrency;
  const waited = Math.round((100 * (one.waited + two.waited)) / (one.seconds + 2 * two.seconds));
  // One engine is one thread's work; two have as many cores for all threads.
  const bound = Math.min(2, (cores * one.engines) / (two.engines + two.rest));
  return [
    {
      title: `${PHOTOS} photos of ${SIZES} sizes on WASM, built-in classes in two looks; ${cores} cores`,
      columns: ['engines', 'time', 'photos a second', 'engines’ processor time', 'the rest’s', 'peak memory'],
      rows: [
        { cells: row('one') },
        { cells: row('two') },
        {
          cells: [
            'ratio',
            '',
            `${ratio.toFixed(2)} (${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)})`,
            '',
            '',
            '',
          ],
          target: { text: `≥ ${LEAST_RATIO}`, met: ratio >= LEAST_RATIO },
        },
        {
          cells: ['more memory', '', '', '', '', more === null ? 'unknown' : megabytes(more)],
          target: { text: `≤ ${megabytes(MOST_BYTES)}`, met: more === null || more <= MOST_BYTES },
        },
        {
          cells: ['answers that differ', '', `${different} of ${PHOTOS}`, '', '', ''],
          target: { text: '0', met: different === 0 },
        },
      ],
      notes: [
        `Blocks of ${PHOTOS / BLOCKS} photos in turns, each engine after it has had every size thrice; the ratio’s range is that of the blocks.`,
        ...(one.known && two.known
          ? [
              `Processor time a photo, of all threads; the rest is the page, decoders, the browser’s other processes. By it ${cores} cores of their own would let two engines be up to ${bound.toFixed(2)} times as fast as one.`,
              `Engines waited ${waited} % of the time for a processor${waited > 5 ? ': other programs run too, and the ratio says little' : ''}.`,
            ]
          : []),
        'Peak memory: most that the page and its workers had resident, of the first block each.',
      ],
    },
  ];
};
