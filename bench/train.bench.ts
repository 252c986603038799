import '@tensorflow/tfjs-backend-wasm';
import '@tensorflow/tfjs-backend-webgpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { descend, layersFit, trainingInput } from '../src/bench/rivals/training.ts';
import { solveExact } from '../src/core/training/exact.ts';
import { GradientDescent } from '../src/core/training/gradientDescent.ts';
import { suggestedRate } from '../src/core/training/gradientDescentOptions.ts';
import { ADAM, SGD } from '../src/core/head/linearModel.ts';
import { type TrainingInput, TrainingSet } from '../src/core/training/trainingVectors.ts';
import { ms } from './measure.ts';
import type { Bench, Row, Table } from './table.ts';

const CLASSES = 5;
const EPOCHS = 50;
const BATCH = 32;
const LEVELS = [4, 2, 1];

async function timed<Result>(work: () => Promise<Result>): Promise<{ time: number; result: Result }> {
  const start = performance.now();
  const result = await work();
  return { time: performance.now() - start, result };
}

const times = (factor: number) => `${factor >= 100 ? factor.toFixed(0) : factor.toPrecision(2)}×`;

function speedRow(name: string, time: number, reference: number, least: number | null, cells = ''): Row {
  const faster = reference / time;
  const target = least === null ? undefined : { text: `≥ ${least}× faster`, met: faster >= least };
  return { cells: [name, ms(time), times(faster), cells], ...(target && { target }) };
}

async function againstFit(backend: string, vectors: TrainingInput, progress: (text: string) => void): Promise<Table> {
  const rows: Row[] = [];
  const reference: Record<string, number> = {};
  for (const optimiser of [SGD, ADAM]) {
    const { time, result: set } = await timed(() => TrainingSet.create(vectors));
    const rate = suggestedRate(set, optimiser) / 4;
    progress(`${backend}: ${optimiser.kind}, ours`);
    const first = await timed(() => descend(set, optimiser, rate, EPOCHS));
    const again = await timed(() => descend(set, optimiser, rate / 2, EPOCHS));
    progress(`${backend}: ${optimiser.kind}, LayersModel.fit`);
    const theirs = await layersFit(set, optimiser, rate, EPOCHS);
    reference[optimiser.kind] = theirs.time;
    const off = Math.abs(first.result / theirs.loss - 1);
    const name = optimiser.kind === 'sgd' ? 'SGD with momentum' : 'Adam';
    rows.push({ cells: [`${name}: LayersModel.fit, ${EPOCHS} epochs`, ms(theirs.time), '', theirs.loss.toFixed(5)] });
    const total = speedRow(
      `${name}: ours from raw vectors`,
      time + first.time,
      theirs.time,
      5,
      first.result.toFixed(5),
    );
    total.target = {
      text: `≥ 5× faster, loss within 1% (${(100 * off).toFixed(3)}%)`,
      met: theirs.time >= 5 * (time + first.time) && off <= 0.01,
    };
    rows.push(total);
    rows.push(
      speedRow(`${name}: ours, another learning rate`, again.time, theirs.time, optimiser.kind === 'sgd' ? 50 : null),
    );
    if (optimiser.kind !== 'sgd') continue;
    const solve = await timed(() => solveExact(set, { weightDecay: 1e-3 }));
    const crossValidated = await timed(() => solveExact(set, {}));
    rows.push(
      speedRow('exact, another weight decay', solve.time, theirs.time, 50, `${solve.result.iterations} iterations`),
    );
    rows.push(
      speedRow(
        'exact, 7 weight decays × 3 folds',
        crossValidated.time,
        theirs.time,
        null,
        `λ = ${crossValidated.result.weightDecay}`,
      ),
    );
  }
  const { vectors: all } = vectors;
  return {
    title: `Training the head: ${all.length} × ${all[0]?.length}, ${CLASSES} classes, batch ${BATCH}, against tfjs on ${backend}`,
    columns: ['', 'time', 'against fit', 'last loss'],
    rows,
    notes: [
      '“from raw vectors” counts normalising, the Gram matrix and all epochs; the others find those at hand, as the app does',
    ],
  };
}

async function alone(count: number, progress: (text: string) => void): Promise<Table> {
  progress(`${count} photos, ours alone`);
  const vectors = trainingInput(count, LEVELS);
  const prepare = await timed(() => TrainingSet.create(vectors));
  const set = prepare.result;
  const gram = await timed(() => set.gram());
  const solve = await timed(() => solveExact(set, { weightDecay: 1e-3 }));
  const choose = await timed(() => solveExact(set, {}));
  const adam = await timed(async () => (await GradientDescent.create(set)).run());
  const cells = (name: string, time: number) => ({ cells: [name, ms(time)] });
  return {
    title: `${count} photos with the defaults`,
    columns: ['', 'time'],
    rows: [
      cells('normalise', prepare.time),
      cells('Gram matrix', gram.time),
      cells('exact', solve.time),
      cells('exact with cross-validation', choose.time),
      cells('Adam, 30 epochs', adam.time),
    ],
    notes: [set.arena.simd ? 'inner loops in WebAssembly SIMD' : 'inner loops in JavaScript: no WebAssembly SIMD here'],
  };
}

/** Training speed (issue 3, §3), on the WASM backend and, where there is one, on a hardware WebGPU adapter. */
export const bench: Bench = async (progress) => {
  setWasmPaths('/node_modules/@tensorflow/tfjs-backend-wasm/dist/');
  const backends = ['wasm'];
  const info = (await navigator.gpu?.requestAdapter())?.info;
  if (info && !/swiftshader|llvmpipe|software/i.test(`${info.architecture} ${info.description}`))
    backends.push('webgpu');
  const tables: Table[] = [];
  const vectors = trainingInput(400, LEVELS);
  for (const backend of backends) {
    if (!(await tf.setBackend(backend))) throw new Error(`the ${backend} backend does not start`);
    tables.push(await againstFit(backend, vectors, progress));
  }
  tables.push(await alone(1000, progress));
  return tables;
};
