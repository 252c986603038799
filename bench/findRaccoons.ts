/** Finders of raccoons (detect/raccoon), for the bench `find`. */
import { BoxCollector } from '../src/core/find/annotation.ts';
import { bestOverlap, type Box } from '../src/core/find/boxes.ts';
import { classAp, measureFinds } from '../src/core/find/measure.ts';
import type { FinderPhoto, FinderRun, PhotoFinds } from '../src/core/find/model.ts';
import type { FinderSettings } from '../src/core/find/settings.ts';
import { readVoc } from '../src/formats/boxes/voc.ts';
import type { AnysizeEngine } from '../src/worker/engine.ts';
import type { Row, Table } from './table.ts';

const GOALS: Record<number, number> = { 10: 80, 20: 87, 50: 90, 100: 92 };
/** Photos that are learned from at most; those behind them are for tests. */
export const TRAINED = 100;
/** To train on all of them, maps and proposals at hand, with two cores. */
const MOST_SECONDS = 20;
const SEED = 1;

export const RACCOON_COLUMNS = [
  '',
  'AP 50',
  'AP 75',
  'AP 50–95',
  'held out',
  'reading',
  'training',
  'processor',
  'windows of a photo, mean / most',
];
export const RACCOON_NOTES = [
  '“held out”: AP 50 on the fifth of the training photos that was kept aside, before all are learned from',
  '“processor”: processor time of training, maps and proposals at hand; what the clock says on a machine with nothing else to do',
];

type Progress = (text: string) => void;

/** The photos with their boxes, sorted by name as strings. */
export async function raccoons(engine: AnysizeEngine): Promise<FinderPhoto[]> {
  const names = await (await fetch('/bench-shared/detect/raccoon/annotations')).json();
  const photos: FinderPhoto[] = [];
  for (const file of (names as string[]).toSorted()) {
    const collector = new BoxCollector();
    readVoc(await (await fetch(`/bench-shared/detect/raccoon/annotations/${file}`)).text(), file, collector);
    const [read] = collector.result().photos;
    const name = file.replace(/\.xml$/, '.jpg');
    const answer = await fetch(`/bench-shared/detect/raccoon/images/${name}`);
    if (!answer.ok || !read) throw new Error(`no photo ${name}`);
    const image = { blob: await answer.blob(), name, key: name };
    const { hash, perceptual } = await engine.ingest(name, image);
    photos.push({ id: name, image, hash, perceptual, boxes: read.boxes, complete: true });
  }
  return photos;
}

/** Recall of proposals over all photos, and milliseconds of each. */
export async function recallTable(
  engine: AnysizeEngine,
  photos: readonly FinderPhoto[],
  progress: Progress,
): Promise<Table> {
  progress('proposals');
  const started = performance.now();
  const found: Box[][] = [];
  for (const { image } of photos) found.push((await engine.proposals('proposals', image)).boxes);
  const ms = (performance.now() - started) / photos.length;
  const overlaps = photos.flatMap(({ boxes }, i) => boxes.map(({ box }) => bestOverlap(box, found[i] ?? []).iou));
  const recall = (iou: number) => (100 * overlaps.filter((value) => value >= iou).length) / overlaps.length;
  const at50 = recall(0.5);
  return {
    title: `Proposals: selective search on ${photos.length} photos, ${overlaps.length} boxes`,
    columns: ['', 'recall'],
    rows: [
      { cells: ['IoU 0.5', `${at50.toFixed(1)} %`], target: { text: '≥ 99 %', met: at50 >= 99 } },
      { cells: ['IoU 0.7', `${recall(0.7).toFixed(1)} %`] },
      { cells: ['time a photo, decoding included', `${ms.toFixed(0)} ms`] },
    ],
    notes: [],
  };
}

/** Trains as the app does, measures kept aside included, and then looks at the test photos. */
export async function trainedOn(
  engine: AnysizeEngine,
  count: number,
  photos: readonly FinderPhoto[],
  settings: FinderSettings,
  progress: Progress,
  tests = photos.length - TRAINED,
): Promise<Row> {
  const request = {
    name: 'raccoons',
    photos: photos.slice(0, count),
    settings,
    split: { share: 0.2, seed: SEED },
  };
  let last = '';
  let reading = window.benchProcessorSeconds();
  const run: FinderRun = await engine.trainFinder('train', request, (step) => {
    const now = step.phase === 'round' ? `${step.phase} ${step.round} ${step.step}` : step.phase;
    if (now !== last) progress(`${count} photos: ${now}`);
    if (step.phase === 'rounded') progress(JSON.stringify(step.point));
    last = now;
    if (step.phase === 'reading' && step.proposals === step.total) reading = window.benchProcessorSeconds();
  });
  const [before, after] = [await reading, await window.benchProcessorSeconds()];
  const processor = before !== null && after !== null ? after - before : null;
  const results: PhotoFinds[] = [];
  let slowest = 0;
  let total = 0;
  for (const { id, image, boxes } of photos.slice(TRAINED, TRAINED + tests)) {
    const { size, finds, milliseconds } = await engine.find('find', image, run.id);
    slowest = Math.max(slowest, milliseconds.windows);
    total += milliseconds.windows;
    results.push({ id, size, truth: boxes, finds });
  }
  const metrics = measureFinds(results, run.classes);
  const ap = 100 * (metrics.map50 ?? 0);
  const at75 = 100 * (classAp(results, run.classes[0] ?? '', 0, 0.75).ap ?? 0);
  const goal = tests === photos.length - TRAINED ? GOALS[count] : undefined;
  const windows = total / results.length;
  const quick = count < TRAINED || (processor ?? run.seconds.training) <= MOST_SECONDS;
  return {
    cells: [
      `${count} photos`,
      ap.toFixed(1),
      at75.toFixed(1),
      (100 * (metrics.map ?? 0)).toFixed(1),
      run.metrics?.map50 ? (100 * run.metrics.map50).toFixed(1) : '',
      `${run.seconds.reading.toFixed(1)} s`,
      `${run.seconds.training.toFixed(1)} s`,
      processor === null ? '' : `${processor.toFixed(1)} s`,
      `${windows.toFixed(0)} / ${slowest.toFixed(0)} ms`,
    ],
    ...(goal && {
      target: { text: `AP ≥ ${goal}${count === TRAINED ? `, ≤ ${MOST_SECONDS} s` : ''}`, met: ap >= goal && quick },
    }),
  };
}
