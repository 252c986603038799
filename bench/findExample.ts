/** The built-in example of finding, for the bench `find`. */
import { measureFinds } from '../src/core/find/measure.ts';
import type { FinderPhoto, PhotoFinds } from '../src/core/find/model.ts';
import { DEFAULT_FINDER } from '../src/core/find/settings.ts';
import type { AnysizeEngine } from '../src/worker/engine.ts';
import type { Table } from './table.ts';

const SEED = 1;
const EXAMPLE = { photos: 24, tests: 8, side: 300, seconds: 30 };

/** The built-in example, from one click to boxes. */
export async function exampleTable(engine: AnysizeEngine, progress: (text: string) => void): Promise<Table> {
  progress('the built-in example');
  const started = performance.now();
  const drawn = await engine.findExample(EXAMPLE.photos + EXAMPLE.tests, SEED);
  const photos: FinderPhoto[] = [];
  for (const { name, blob, boxes } of drawn) {
    const image = { blob, name };
    const { hash, perceptual } = await engine.ingest(name, image);
    photos.push({ id: name, image, hash, perceptual, boxes, complete: true });
  }
  const settings = { ...DEFAULT_FINDER, side: EXAMPLE.side };
  const split = { share: 0.2, seed: SEED };
  const request = { name: 'example', photos: photos.slice(0, EXAMPLE.photos), settings, split };
  const run = await engine.trainFinder('example', request);
  const results: PhotoFinds[] = [];
  let seconds = 0;
  for (const { id, image, boxes } of photos.slice(EXAMPLE.photos)) {
    const { size, finds } = await engine.find('find', image, run.id);
    seconds ||= (performance.now() - started) / 1000;
    results.push({ id, size, truth: boxes, finds });
  }
  const { map50, classes } = measureFinds(results, run.classes);
  const target = { text: `< ${EXAMPLE.seconds} s`, met: seconds < EXAMPLE.seconds };
  return {
    title: `The built-in example: ${EXAMPLE.photos} drawn scenes, ${EXAMPLE.tests} others to find in`,
    columns: ['', ''],
    rows: [
      { cells: ['from the click to the first boxes', `${seconds.toFixed(1)} s`], target },
      { cells: ['mAP 50 on the others', (100 * (map50 ?? 0)).toFixed(1)] },
      ...classes.map(({ name, ap50 }) => ({ cells: [`AP 50 of “${name}”`, (100 * (ap50 ?? 0)).toFixed(1)] })),
    ],
    notes: [],
  };
}
