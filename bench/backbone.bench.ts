import '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import { loadEmbeddedBackbone } from '../src/worker/models/backbone.ts';
import { median, ms, startGpu } from './measure.ts';
import type { Bench, Row, Table } from './table.ts';

const ROUNDS = 3;
const SIDES = [96, 224];
/** From this factor on a program of our own for the whole backbone would be worth having (issue 13, §3). */
const WORTH = 1.5;

type Kernel = Awaited<ReturnType<typeof tf.profile>>['kernels'][number];
type Share = 'products' | 'depthwise' | 'first convolution' | 'sums';

/** What a kernel of the pass is for; null where it does no work of its own on the GPU. */
async function shareOf({ extraInfo, inputShapes }: Kernel): Promise<Share | null> {
  const programs = await extraInfo;
  if (!programs) return null;
  if (programs.includes('Depthwise')) return 'depthwise';
  if (programs.includes('MatMul')) return 'products';
  if (programs.includes('Binary')) return 'sums';
  return inputShapes[0]?.at(-1) === 3 ? 'first convolution' : null;
}

/**
 * Where a pass of the backbone spends its time on WebGPU, by the GPU's own clock. The parts are tfjs's programs: the 1×1 convolutions are matrix
 * products, and between them stand depthwise convolutions and sums. A program that fuses expansion, depthwise convolution and projection still
 * has the products to do: it gains at most what the rest takes.
 */
export const bench: Bench = async (progress) => {
  const adapter = await startGpu();
  const backbone = await loadEmbeddedBackbone(new URL('/', location.href).href);
  const tables: Table[] = [];
  for (const side of SIDES) {
    progress(`${side} × ${side}`);
    const input = tf.randomUniform<tf.Rank.R3>([side, side, 3], 0, 1, 'float32', 7);
    const pass = () => backbone.run(input);
    const warm = pass();
    await warm.data();
    warm.dispose();
    const times = new Map<Share, number[]>();
    let dispatches = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const { kernels, result } = await tf.profile(pass);
      (result as tf.Tensor).dispose();
      const sums = new Map<Share, number>();
      dispatches = 0;
      for (const kernel of kernels) {
        const share = await shareOf(kernel);
        if (share === null) continue;
        dispatches++;
        sums.set(share, (sums.get(share) ?? 0) + Number(await kernel.kernelTimeMs));
      }
      for (const [share, time] of sums) times.set(share, [...(times.get(share) ?? []), time]);
    }
    input.dispose();
    tables.push(tableOf(adapter, side, dispatches, times));
  }
  backbone.dispose();
  return tables;
};

function tableOf(adapter: string, side: number, dispatches: number, times: ReadonlyMap<Share, number[]>): Table {
  const medians = [...times].map(([share, each]) => [share, median(each)] as const);
  const all = medians.reduce((sum, [, time]) => sum + time, 0);
  const products = medians.find(([share]) => share === 'products')?.[1] ?? all;
  const most = all / products;
  const rows: Row[] = medians
    .toSorted(([, a], [, b]) => b - a)
    .map(([share, time]) => ({ cells: [share, ms(time), `${((100 * time) / all).toFixed(1)} %`] }));
  return {
    title: `Where ${dispatches} dispatches of the backbone spend their time at ${side} × ${side}, ${adapter}`,
    columns: ['', 'time', 'share'],
    rows: [...rows, { cells: ['most that fusing could gain', '', `${most.toFixed(2)}×`] }],
    notes: [
      most >= WORTH
        ? `from ${WORTH}× on a program of our own is worth trying: see issue 13, §3`
        : `below ${WORTH}×: fusing what stands between the products is not worth a program of our own here`,
    ],
  };
}
