import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-webgpu';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import { adaptiveComposition, paperComposition } from '../src/bench/rivals/compositions.ts';
import { poolReference } from '../src/kernels/spp/reference.ts';
import { spp } from '../src/kernels/spp/spp.ts';
import { binCount, type Rule } from '../src/core/pyramid/geometry.ts';
import { compare, ms, startGpu } from './measure.ts';
import type { Bench, Row, Table } from './table.ts';

const CHANNELS = 1280;
const LEVELS = [4, 2, 1];

/** Maps, the pyramid for the paper rule (4 has no paper bins on 7 cells), and the share of tf.relu's time allowed. */
const MAPS = [
  { height: 7, width: 7, paperLevels: [3, 2, 1], ofRelu: 2, overComposition: null },
  { height: 20, width: 31, paperLevels: LEVELS, ofRelu: 1, overComposition: 30 },
  { height: 40, width: 60, paperLevels: LEVELS, ofRelu: 1.3, overComposition: 30 },
  { height: 120, width: 160, paperLevels: LEVELS, ofRelu: 1.3, overComposition: 30 },
];

async function randomMap(height: number, width: number): Promise<tf.Tensor3D> {
  const map = tf.tidy(() => tf.relu6(tf.randomUniform<tf.Rank.R3>([height, width, CHANNELS], -2, 8, 'float32', 7)));
  await tf.tidy(() => tf.slice(map, [0, 0, 0], [1, 1, 1])).data();
  return map;
}

/** A bench that compares different answers measures nothing. */
async function checkSame(a: tf.Tensor, b: tf.Tensor): Promise<void> {
  const [x, y] = [await a.data(), await b.data()];
  if (x.length !== y.length || x.some((value, i) => value !== y[i])) throw new Error('the two sides disagree');
  tf.dispose([a, b]);
}

async function ruleRow(size: (typeof MAPS)[number], rule: Rule): Promise<Row> {
  const { height, width, ofRelu, overComposition } = size;
  const levels = rule === 'paper' ? size.paperLevels : LEVELS;
  const map = await randomMap(height, width);
  const kernel = () => spp(map, { levels, rule, pooling: 'max' });
  const composition = () => (rule === 'paper' ? paperComposition(map, levels) : adaptiveComposition(map, levels));
  await checkSame(kernel(), composition());
  const times = await compare({ kernel, relu: () => tf.relu(map), composition });
  map.dispose();
  const faster = times.composition / times.kernel;
  const share = times.kernel / times.relu;
  const wanted = [`≤ ${ofRelu.toFixed(1)}× relu`, ...(overComposition ? [`≥ ${overComposition}× faster`] : [])];
  return {
    cells: [
      `${height}×${width} [${levels.join(', ')}] ${rule}`,
      ms(times.kernel),
      ms(times.relu),
      ms(times.composition),
      `${share.toFixed(2)}×`,
      `${faster.toFixed(faster < 10 ? 1 : 0)}×`,
    ],
    target: { text: wanted.join(', '), met: share <= ofRelu && faster >= (overComposition ?? 0) },
  };
}

/** Random windows of a 40×60 map: all in one dispatch against a loop over them on the CPU reference. */
async function windowsTable(adapter: string): Promise<Table> {
  const [count, measured] = [2000, 20];
  const map = await randomMap(40, 60);
  const span = (side: number): [number, number] => {
    const start = Math.floor(Math.random() * side);
    return [start, start + 1 + Math.floor(Math.random() * (side - start))];
  };
  const windows = Array.from({ length: count }, () => {
    const [[top, bottom], [left, right]] = [span(40), span(60)];
    return [top, left, bottom, right];
  });
  const { limits } = (tf.backend() as WebGPUBackend).device;
  const rowBytes = binCount(LEVELS) * CHANNELS * 4;
  const perDispatch = Math.min(
    count,
    Math.floor(Math.min(limits.maxStorageBufferBindingSize, limits.maxBufferSize) / rowBytes),
  );
  if (perDispatch < count) throw new Error(`this device binds only ${perDispatch} windows at a time`);

  const cells = (await map.data()) as Float32Array;
  const onCpu = (row: number[]) =>
    poolReference(cells, [40, 60, CHANNELS], {
      levels: LEVELS,
      rule: 'adaptive',
      pooling: 'max',
      windows: Int32Array.from(row),
    });
  const options = { levels: LEVELS, rule: 'adaptive', pooling: 'max' } as const;
  const sample = windows.slice(0, measured);
  const answers = sample.map(onCpu);
  await checkSame(
    spp(map, { ...options, windows: sample }),
    tf.concat(answers.map((answer) => tf.tensor2d(answer, [1, answer.length]))),
  );
  const start = performance.now();
  for (const row of sample) onCpu(row);
  const loop = ((performance.now() - start) / measured) * count;
  const { kernel } = await compare({ kernel: () => spp(map, { ...options, windows }) }, { rounds: 5 });
  map.dispose();
  return {
    title: `${count} random windows of a 40×60×${CHANNELS} map, [${LEVELS.join(', ')}] adaptive, on ${adapter}`,
    columns: ['', 'one dispatch', 'loop on the CPU reference', 'ratio'],
    rows: [{ cells: ['per call', ms(kernel), ms(loop), `${(loop / kernel).toFixed(0)}×`] }],
    notes: [
      `The loop was measured on ${measured} of the ${count} windows and scaled up; answers of those were compared and are equal.`,
      `One dispatch writes ${((count * rowBytes) / 1e6).toFixed(0)} MB.`,
    ],
  };
}

export const bench: Bench = async (progress) => {
  const adapter = await startGpu();
  const rows: Row[] = [];
  for (const size of MAPS) {
    for (const rule of ['adaptive', 'paper'] as const) {
      progress(`${size.height}×${size.width} ${rule}`);
      rows.push(await ruleRow(size, rule));
    }
  }
  progress('windows');
  return [
    {
      title: `SPP of a map of ${CHANNELS} channels, max, on ${adapter}`,
      columns: ['map', 'kernel', 'tf.relu', 'composition', 'kernel ÷ relu', 'faster than composition'],
      rows,
      notes: [
        'Composition: tf.maxPool per level (paper), tf.slice and tf.max per bin (adaptive), joined by tf.concat; answers are equal.',
        'Medians; contenders take turns; the map is on the device; the work is awaited; WEBGPU_CPU_FORWARD is off.',
      ],
    },
    await windowsTable(adapter),
  ];
};
