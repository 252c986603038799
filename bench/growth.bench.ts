/**
 * Cost as work grows (issue 13, §5), on WASM: time and peak memory against pixels, photos, classes, windows and engines. Parts: {@link PARTS}, and
 * `large` for 108 megapixels, 5,000 photos and four engines, which take long.
 */
import { BENCH_OPTIONS as options } from '../src/bench/benchOptions.ts';
import * as tf from '@tensorflow/tfjs-core';
import { drawnJpeg } from '../src/bench/drawnPhoto.ts';
import { trainingInput } from '../src/bench/rivals/training.ts';
import { spreadOf } from '../src/bench/spread.ts';
import { engine } from '../src/client/engineClient.ts';
import { enginePool, pooledEngine } from '../src/client/pool/pooledEngine.ts';
import { type Hands, WorkQueue } from '../src/client/queue/WorkQueue.ts';
import type { AnalyseOptions } from '../src/core/model.ts';
import { DEFAULT_MAX_PIXELS } from '../src/core/size/policies/native.ts';
import { GradientDescent } from '../src/core/training/gradientDescent.ts';
import { TrainingSet } from '../src/core/training/trainingVectors.ts';
import { spp } from '../src/kernels/spp/spp.ts';
import { useStore } from '../src/store/store.ts';
import { startBackend } from '../src/worker/session/backend.ts';
import { megabytes } from './memoryCells.ts';
import { ms } from './measure.ts';
import type { Plot } from './plotSvg.ts';
import type { Bench, Table } from './table.ts';

const PARTS = ['pixels', 'photos', 'classes', 'windows', 'engines'] as const;
type Part = (typeof PARTS)[number];
type Progress = (text: string) => void;

const REPEATS = 3;
const IN_FLIGHT = 2;
interface Point {
  work: number;
  milliseconds: number;
  peak: number | null;
}

/** The median time of some runs, and most memory meanwhile. */
async function point(work: number, run: () => Promise<unknown>, repeats = REPEATS): Promise<Point> {
  await window.benchResetPeak();
  const spent: number[] = [];
  for (let i = 0; i < repeats; i++) {
    const started = performance.now();
    await run();
    spent.push(performance.now() - started);
  }
  return { work, milliseconds: spreadOf(spent).median, peak: await window.benchPeakMemory() };
}

/** How time grows from one point to the next: 1 is in proportion, 0 not at all. */
function exponent(before: Point | undefined, now: Point): string {
  if (!before) return '';
  return (Math.log(now.milliseconds / before.milliseconds) / Math.log(now.work / before.work)).toFixed(2);
}

function growth(id: Part, title: string, x: string, lines: Record<string, Point[]>, notes: string[]): Table {
  const series = (of: (point: Point) => number | null) =>
    Object.entries(lines).map(([name, points]) => ({
      name,
      points: points.flatMap((point): [number, number][] => {
        const value = of(point);
        return value === null ? [] : [[point.work, value]];
      }),
    }));
  const plot: Plot = {
    id: `growth-${id}`,
    title,
    x,
    panels: [
      { y: 'Time, ms', series: series(({ milliseconds }) => milliseconds) },
      { y: 'Peak memory, MB', series: series(({ peak }) => peak && peak / 1e6) },
    ],
  };
  const rows = Object.entries(lines).flatMap(([name, points]) =>
    points.map((now, i) => ({
      cells: [
        name,
        String(now.work),
        ms(now.milliseconds),
        ms(now.milliseconds / now.work),
        exponent(points[i - 1], now),
        now.peak === null ? 'unknown' : megabytes(now.peak),
      ],
    })),
  );
  return { title, columns: ['', x, 'time', 'of each', 'grows by', 'peak memory'], rows, notes, plot };
}

async function pixels(large: boolean, progress: Progress): Promise<Table> {
  const sizes = [0.05, 0.2, 0.8, 3, 12, ...(large ? [48, 108] : [24])];
  const natives = [0.05, 0.2, 0.8, ...(large ? [3, 12, 48, 108] : [])];
  const found: Record<string, Point[]> = { 'at the default size': [], 'at their own size': [] };
  for (const megapixels of sizes) {
    const width = Math.round(Math.sqrt((megapixels * 1e6 * 4) / 3));
    const blob = await drawnJpeg(width, Math.round((width * 3) / 4), width);
    const image = { blob, name: `${megapixels} MP.jpg` };
    progress(`${megapixels} megapixels`);
    await engine.analyse('growth', image, options);
    found['at the default size']?.push(await point(megapixels, () => engine.analyse('growth', image, options)));
    if (!natives.includes(megapixels)) continue;
    const native: AnalyseOptions = { ...options, policy: { kind: 'native', maxPixels: DEFAULT_MAX_PIXELS } };
    const repeats = megapixels > 1 ? 1 : REPEATS;
    found['at their own size']?.push(await point(megapixels, () => engine.analyse('growth', image, native), repeats));
  }
  return growth('pixels', 'One JPEG, against its megapixels', 'megapixels', found, [
    'At the default size the image model always sees about 300² pixels: what grows is decoding, which takes as much of the file as is needed. Steps down come where a larger reduction begins to fit. At their own size the image model sees all pixels, in tiles above a budget.',
  ]);
}

async function answered(photos: readonly Blob[], hands: Hands): Promise<void> {
  await new Promise<void>((resolve) => {
    const queue = new WorkQueue({
      name: 'growth',
      concurrency: IN_FLIGHT,
      hands,
      cancel: () => {},
      tell: () => {},
      onIdle: resolve,
    });
    photos.forEach((blob, i) =>
      queue.add(String(i), async (task) => {
        await pooledEngine.analyse(task, { blob, name: `${i}.jpg` }, options);
      }),
    );
  });
}

const smallPhotos = (count: number) =>
  Promise.all(Array.from({ length: count }, (_, i) => drawnJpeg(320 + (i % 20) * 16, 240 + (i % 20) * 12, i)));

async function photos(large: boolean, progress: Progress): Promise<Table> {
  const counts = [10, 30, 100, ...(large ? [300, 1000, 5000] : [])];
  // Of 5,000 photos the files themselves would be what grows.
  const files = await smallPhotos(20);
  await answered(files, enginePool);
  const found: Point[] = [];
  for (const count of counts) {
    progress(`${count} photos`);
    const all = Array.from({ length: count }, (_, i) => files[i % files.length] ?? new Blob());
    found.push(await point(count, () => answered(all, enginePool), 1));
  }
  return growth('photos', 'A list of photos, against their number', 'photos', { photos: found }, [
    'Photos of 320 × 240 to 624 × 468, two looks and a thumbnail each, on as many engines as the page would take.',
  ]);
}

async function classes(progress: Progress): Promise<Table> {
  const found: Point[] = [];
  const count = 400;
  for (const many of [2, 10, 50, 200]) {
    progress(`${many} classes`);
    const input = trainingInput(count, [1], many);
    const run = async () => (await GradientDescent.create(await TrainingSet.create(input))).run();
    await run();
    found.push(await point(many, run));
  }
  return growth('classes', `Training a head on ${count} photos, against its classes`, 'classes', { training: found }, [
    'Adam, 30 epochs, vectors of 1,280 numbers at hand. Normalising and the Gram matrix do not depend on the classes: the line bends up where the steps begin to outweigh them.',
  ]);
}

async function windows(progress: Progress): Promise<Table> {
  await startBackend('wasm');
  const map = tf.tidy(() => tf.relu6(tf.randomUniform<tf.Rank.R3>([40, 60, 1280], -2, 8, 'float32', 7)));
  const found: Point[] = [];
  for (const count of [1, 8, 64, 512, 4096]) {
    progress(`${count} windows`);
    // Spread evenly over places and over sizes about 20 × 30 cells, however many there are (multiples of irrational steps).
    const spread = (i: number, step: number, below: number) => Math.floor(((i * step) % 1) * below);
    const rows = Array.from({ length: count }, (_, i) => {
      const [height, width] = [16 + spread(i + 0.5, Math.SQRT2, 9), 24 + spread(i + 0.5, Math.sqrt(3), 13)];
      const [top, left] = [spread(i, Math.sqrt(5), 41 - height), spread(i, Math.sqrt(7), 61 - width)];
      return [top, left, top + height, left + width];
    });
    const run = async () => {
      const pooled = spp(map, { levels: [2, 1], rule: 'adaptive', pooling: 'max', windows: rows });
      await tf.tidy(() => tf.slice(pooled, [0, 0], [1, 1])).data();
      pooled.dispose();
    };
    await run();
    found.push(await point(count, run));
  }
  map.dispose();
  return growth('windows', 'SPP [2,1] of windows of one map, against their number', 'windows', { pooling: found }, [
    'A map of 40 × 60 cells and 1,280 channels, windows of about 20 × 30 cells; 4,096 of them give 105 MB of vectors.',
  ]);
}

async function engines(large: boolean, progress: Progress): Promise<Table> {
  const { changeSettings } = useStore.getState();
  const files = await smallPhotos(24);
  const found: Point[] = [];
  for (const many of [1, 2, ...(large ? ([3, 4] as const) : [])] as const) {
    progress(`${many} engines`);
    changeSettings({ workers: many });
    // A helper comes while there is work for it.
    for (let tries = 0; tries < 6 && enginePool.count < many; tries++) await answered(files, enginePool);
    if (enginePool.count < many) break;
    found.push(await point(many, () => answered(files, enginePool), 2));
  }
  changeSettings({ workers: 'auto' });
  return growth(
    'engines',
    `${files.length} photos, against the engines that answer them`,
    'engines',
    { photos: found },
    ['The best is −1: twice the engines, half the time, as long as there are cores for them.'],
  );
}

export const bench: Bench = async (progress, asked) => {
  const large = asked.includes('large');
  const named = asked.filter((part) => part !== 'large');
  const unknown = named.filter((part) => !(PARTS as readonly string[]).includes(part));
  if (unknown.length) throw new Error(`no such part: ${unknown.join(', ')}; there are: ${PARTS.join(', ')}, large`);
  const wanted = (part: Part) => named.length === 0 || named.includes(part);
  useStore.getState().setBackend(await engine.use('wasm'));
  const tables: Table[] = [];
  if (wanted('pixels')) tables.push(await pixels(large, progress));
  if (wanted('photos')) tables.push(await photos(large, progress));
  if (wanted('engines')) tables.push(await engines(large, progress));
  if (wanted('classes')) tables.push(await classes(progress));
  if (wanted('windows')) tables.push(await windows(progress));
  return tables;
};
