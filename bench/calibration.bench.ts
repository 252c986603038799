/**
 * Whether the percentages of trained heads are right (issue 10, §2): trained as the page does by its defaults, over 20 seeded splits of the flowers and of
 * two sets of our own. Parts: `flowers`, `coco`, `shapes`. The way the temperature is fitted was chosen on COCO's crops and on shapes of another seed.
 */
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { errorByChance } from '../src/core/metrics/errorByChance.ts';
import { calibration } from '../src/core/metrics/metrics.ts';
import { DEFAULT_SPLIT } from '../src/core/training/defaults.ts';
import { AnysizeEngine } from '../src/worker/engine.ts';
import { cocoCrops } from './sets/cocoCrops.ts';
import { drawnShapes } from './sets/drawnShapes.ts';
import { flowerPhotos } from './sets/flowerPhotos.ts';
import type { PhotoSet } from './sets/photoSet.ts';
import { type Answer, answersOf, samplesOf, withTests } from './sets/splitAnswers.ts';
import type { Bench, Row, Table } from './table.ts';

const SPLITS = 20;
/** Points of expected calibration error, pooled over the splits. */
const GOAL = 6;
const SHAPES = { count: 200, seed: 2 };
const SETS: Record<string, () => Promise<PhotoSet>> = {
  flowers: flowerPhotos,
  coco: cocoCrops,
  shapes: () => drawnShapes(SHAPES.count, SHAPES.seed),
};

type Told = 'before' | 'after';

const points = (share: number): string => (100 * share).toFixed(1);
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Expected calibration error and what exactly right percentages would show. */
function errorOf(answers: readonly Answer[], told: Told) {
  const { error } = calibration(
    answers.map((answer) => answer[told]),
    answers.map(({ right }) => right),
  );
  return { error, chance: errorByChance(answers.map((answer) => ({ photo: answer.photo, confidence: answer[told] }))) };
}

function row(name: string, splits: readonly Answer[][], told: Told): Row {
  const all = splits.flat();
  const pooled = errorOf(all, told);
  const each = splits.map((answers) => errorOf(answers, told));
  const errors = each.map(({ error }) => error);
  const met = 100 * pooled.error <= GOAL;
  return {
    cells: [
      name,
      `${points(mean(all.map(({ right }) => Number(right))))} %`,
      `${points(mean(all.map((answer) => answer[told])))} %`,
      points(pooled.error),
      `${points(pooled.chance.mean)} (${points(pooled.chance.high)})`,
      `${points(mean(errors))} (${points(Math.min(...errors))}–${points(Math.max(...errors))})`,
      points(mean(each.map(({ chance }) => chance.mean))),
    ],
    ...(told === 'after' && { target: { text: `pooled ≤ ${GOAL}`, met } }),
  };
}

async function tableOf(engine: AnysizeEngine, set: PhotoSet, progress: (text: string) => void): Promise<Table> {
  progress(`${set.name}: ${set.photos.length} photos`);
  const samples = await samplesOf(engine, set);
  const validation: Answer[][] = [];
  const tests: Answer[][] = [];
  for (let seed = 1; seed <= SPLITS; seed++) {
    const split = { ...DEFAULT_SPLIT, seed };
    validation.push(await answersOf(engine, set, samples, split, 'val'));
    tests.push(await answersOf(engine, set, withTests(samples, DEFAULT_SPLIT.share, seed), split, 'test'));
    if (seed % 5 === 0) progress(`${set.name}: ${seed} of ${SPLITS} splits`);
  }
  const counts = validation.map(({ length }) => length);
  return {
    title: `${set.name}: ${samples.length} photos of ${set.classes.length} classes, ${SPLITS} splits, ${Math.min(...counts)} to ${Math.max(...counts)} validation photos each`,
    columns: ['', 'right', 'says', 'ECE pooled', 'by chance (95 %)', 'ECE of a split', 'by chance'],
    rows: [
      row('validation photos, before', validation, 'before'),
      row('validation photos', validation, 'after'),
      row('test photos, before', tests, 'before'),
      row('test photos', tests, 'after'),
    ],
    notes: [
      'ECE: expected calibration error in points, 10 equal ranges of confidence; pooled: over the answers of all splits, in which a photo has about five',
      'validation photos: a quarter, not learned from; the temperature, one number, is fitted on them and on training photos left out in turn',
      'test photos: another quarter, of no part in either; heads have a quarter less to learn from',
      'by chance: what percentages that are exactly right would show with these confidences, one luck a photo; 95 of 100 such classifiers stay below (95 %)',
    ],
  };
}

export const bench: Bench = async (progress, parts) => {
  setWasmPaths('/node_modules/@tensorflow/tfjs-backend-wasm/dist/');
  const engine = new AnysizeEngine();
  await engine.start('/', 'wasm');
  const tables: Table[] = [];
  for (const [part, load] of Object.entries(SETS)) {
    if (parts.length === 0 || parts.includes(part)) tables.push(await tableOf(engine, await load(), progress));
  }
  return tables;
};
