/** Windows of both maps on WebGPU, for the bench `find`. */
import * as tf from '@tensorflow/tfjs-core';
import { MAP_CHANNELS } from '../src/core/find/finderMaps.ts';
import { DEFAULT_FINDER } from '../src/core/find/settings.ts';
import { createRandom } from '../src/core/random.ts';
import { spp } from '../src/kernels/spp/spp.ts';
import { compare, ms, startGpu } from './measure.ts';
import type { Table } from './table.ts';

const COUNT = 2000;
/** Of them are pooled one by one. */
const SAMPLE = 20;
/** A photo of 640 × 480, in cells of stride 16. */
const SIZE = { height: 30, width: 40 };

/** All windows of a map in one dispatch, against one dispatch for each. */
export async function windowsTable(): Promise<Table> {
  const adapter = await startGpu();
  const { levels } = DEFAULT_FINDER;
  const options = { levels, rule: 'adaptive', pooling: 'max' } as const;
  const random = createRandom(1);
  const rows: Table['rows'] = [];
  for (const [map, scale] of [
    ['last', 2],
    ['middle', 1],
  ] as const) {
    const [height, width] = [SIZE.height / scale, SIZE.width / scale];
    const cells = tf.tidy(() =>
      tf.relu6(tf.randomUniform<tf.Rank.R3>([height, width, MAP_CHANNELS[map]], -2, 8, 'float32', 7)),
    );
    const span = (side: number): [number, number] => {
      const start = random.integer(side);
      return [start, start + 1 + random.integer(side - start)];
    };
    const windows = Array.from({ length: COUNT }, () => {
      const [[top, bottom], [left, right]] = [span(height), span(width)];
      return [top, left, bottom, right];
    });
    const sample = windows.slice(0, SAMPLE);
    const loop = () => tf.tidy(() => tf.concat(sample.map((row) => spp(cells, { ...options, windows: [row] }))));
    const different = tf.tidy(() => tf.max(tf.abs(tf.sub(spp(cells, { ...options, windows: sample }), loop()))));
    if ((await different.data())[0] !== 0) throw new Error('one dispatch gives other values than a loop');
    different.dispose();
    const times = await compare({ once: () => spp(cells, { ...options, windows }), loop }, { rounds: 3 });
    const all = (times.loop / SAMPLE) * COUNT;
    rows.push({
      cells: [`${height}×${width}×${MAP_CHANNELS[map]}`, ms(times.once), ms(all), `${(all / times.once).toFixed(1)}×`],
    });
    cells.dispose();
  }
  return {
    title: `${COUNT} windows of a map, [${levels.join(', ')}], on ${adapter}`,
    columns: ['map', 'one dispatch', 'a dispatch each', 'ratio'],
    rows,
    notes: [`A dispatch each was measured on ${SAMPLE} windows and scaled up; answers of those are equal.`],
  };
}
