/** A list of 200 photos of 20 sizes on one engine and on two, block by block in turns: photos a second, memory, and whether the answers are the same. */
import { BENCH_OPTIONS as options } from '../src/bench/benchOptions.ts';
import { engine } from '../src/client/engineClient.ts';
import { enginePool, pooledEngine } from '../src/client/pool/pooledEngine.ts';
import { type Hands, WorkQueue } from '../src/client/queue/WorkQueue.ts';
import { useStore } from '../src/store/store.ts';
import { megabytes } from './memoryCells.ts';
import type { Bench } from './table.ts';

const PHOTOS = 200;
const SIZES = 20;
const BLOCKS = 4;
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

/** Gives the engines work until the helper is there. */
async function untilTwo(photos: readonly Blob[]): Promise<void> {
  while (enginePool.count < 2) await answered(photos, 'two');
}

export const bench: Bench = async (progress) => {
  const { setBackend, changeSettings } = useStore.getState();
  setBackend(await engine.use('wasm'));
  changeSettings({ workers: 2 });
  const photos: Blob[] = [];
  for (let i = 0; i < PHOTOS; i++) photos.push(await photo(i));
  const block = (nth: number) => photos.slice((nth * PHOTOS) / BLOCKS, ((nth + 1) * PHOTOS) / BLOCKS);

  // With every size once, so that heaps are as large as they become; the helper is not there yet.
  await answered(photos.slice(0, SIZES), 'one');
  await window.benchResetPeak();
  const spent: Record<Engines, number[]> = { one: [], two: [] };
  const peaks: Partial<Record<Engines, number | null>> = {};
  let different = 0;
  const told: Record<Engines, string[]> = { one: [], two: [] };
  const run = async (engines: Engines, nth: number) => {
    const { seconds, answers } = await answered(block(nth), engines);
    spent[engines].push(seconds);
    told[engines] = answers;
    if (!(engines in peaks)) peaks[engines] = await window.benchPeakMemory();
    progress(`${block(nth).length} photos on ${engines}: ${(block(nth).length / seconds).toFixed(1)} a second`);
  };
  for (let nth = 0; nth < BLOCKS; nth++) {
    const order: Engines[] = nth % 2 ? ['two', 'one'] : ['one', 'two'];
    for (const engines of order) {
      if (engines === 'two') await untilTwo(photos.slice(0, SIZES));
      await run(engines, nth);
    }
    different += told.one.filter((answer, i) => answer !== told.two[i]).length;
  }
  const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);
  const ratio = sum(spent.one) / sum(spent.two);
  const ratios = spent.one.map((seconds, i) => seconds / (spent.two[i] ?? Number.NaN));
  const more = peaks.one && peaks.two ? peaks.two - peaks.one : null;
  const row = (engines: Engines) => [
    engines,
    `${sum(spent[engines]).toFixed(1)} s`,
    `${(PHOTOS / sum(spent[engines])).toFixed(2)}`,
    peaks[engines] ? megabytes(peaks[engines]) : 'unknown',
  ];
  return [
    {
      title: `${PHOTOS} photos of ${SIZES} sizes on WASM, built-in classes in two looks; ${navigator.hardwareConcurrency} cores`,
      columns: ['engines', 'time', 'photos a second', 'peak memory'],
      rows: [
        { cells: row('one') },
        { cells: row('two') },
        {
          cells: [
            'ratio',
            '',
            `${ratio.toFixed(2)} (${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)})`,
            '',
          ],
          target: { text: `≥ ${LEAST_RATIO}`, met: ratio >= LEAST_RATIO },
        },
        {
          cells: ['more memory', '', '', more === null ? 'unknown' : megabytes(more)],
          target: { text: `≤ ${megabytes(MOST_BYTES)}`, met: more === null || more <= MOST_BYTES },
        },
        {
          cells: ['answers that differ', '', `${different} of ${PHOTOS}`, ''],
          target: { text: '0', met: different === 0 },
        },
      ],
      notes: [
        `Blocks of ${PHOTOS / BLOCKS} photos in turns; the ratio’s range is that of the blocks. On a busy machine it says nothing: what a process gets of it need not grow with its threads.`,
        'Peak memory: most that the page and its workers had resident, of the first block each.',
      ],
    },
  ];
};
