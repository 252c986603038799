/** What the new features are worth on datasets/flowers, against what everyone does: paired over 20 seeded splits, 20 % for training. */
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { blockKernels, kernelOf } from '../src/core/recipe/choosePyramid.ts';
import { readWhitenings } from '../src/core/recipe/readWhitenings.ts';
import { averageSizes, type PooledMaps, PYRAMID_CANDIDATES, whitenPhoto } from '../src/core/recipe/recipe.ts';
import { loadEmbeddedBackbone } from '../src/worker/models/backbone.ts';
import { heldOutAccuracy, kernelOfRows, seededSplit } from './accuracyOf.ts';
import { flowerLooks, type LabelledPhoto } from './flowers.ts';
import type { Bench, Row, Table } from './table.ts';

const SPLITS = 20;
const SHARE = 0.2;
const CLASSES = 5;

type Name = 'warp' | '224' | '300' | '448';

function unitLength(row: Float32Array): Float32Array {
  const norm = Math.hypot(...row);
  return row.map((value) => value / norm);
}

/** Accuracies of all strategies over the splits, and the table that says so. */
export async function accuracyTable(photos: readonly LabelledPhoto<Name>[], whitening: ArrayBuffer): Promise<Table> {
  const whitenings = readWhitenings(whitening);
  const recipe = async (sizes: readonly Name[]) => {
    const pooled = photos.map(({ looks }): PooledMaps =>
      averageSizes(
        sizes.map((size) => looks[size]),
        looks['300'],
      ),
    );
    const kernels = await blockKernels(pooled.map((each) => whitenPhoto(each, whitenings)));
    return PYRAMID_CANDIDATES.map((weights) => kernelOf(kernels, weights));
  };
  const means = (size: Name) => photos.map(({ looks }) => looks[size].whole);
  const strategies: { name: string; goal: number | null; kernels: Float64Array[] }[] = [
    { name: 'squash 224, global mean', goal: null, kernels: [kernelOfRows(means('warp'))] },
    { name: '  the same, L2', goal: null, kernels: [kernelOfRows(means('warp').map(unitLength))] },
    { name: 'area 300, global mean, L2', goal: null, kernels: [kernelOfRows(means('300').map(unitLength))] },
    { name: 'new default', goal: 6.5, kernels: await recipe(['300']) },
    { name: 'thorough: 224, 300 and 448', goal: 7.5, kernels: await recipe(['224', '300', '448']) },
  ];
  const labels = photos.map(({ label }) => label);
  const base: number[] = [];
  const rows: Row[] = [];
  for (const { name, goal, kernels } of strategies) {
    const shares: number[] = [];
    const chosen = PYRAMID_CANDIDATES.map(() => 0);
    for (let seed = 0; seed < SPLITS; seed++) {
      const found = await heldOutAccuracy(kernels, labels, CLASSES, seededSplit(labels, SHARE, seed));
      shares.push(100 * found.accuracy);
      chosen[found.chosen] = (chosen[found.chosen] ?? 0) + 1;
    }
    if (base.length === 0) base.push(...shares);
    const gains = shares.map((share, i) => share - (base[i] ?? 0));
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const gain = mean(gains);
    const spread = Math.sqrt(mean(gains.map((value) => (value - gain) ** 2)) / (SPLITS - 1));
    const target = goal === null ? undefined : { text: `≥ +${goal}`, met: gain >= goal };
    const cells = [
      name,
      `${mean(shares).toFixed(1)} %`,
      `${gain >= 0 ? '+' : ''}${gain.toFixed(1)} ± ${spread.toFixed(1)}`,
    ];
    rows.push({ cells: [...cells, goal === null ? '' : chosen.join(' / ')], ...(target && { target }) });
  }
  return {
    title: `datasets/flowers, ${photos.length} photos, ${SHARE * 100} % for training, ${SPLITS} splits`,
    columns: ['', 'right', 'points gained', 'none / weak / strong pyramid'],
    rows,
    notes: ['kernel ridge, λ by leave-one-out for all; ± is the standard error over the splits, paired'],
  };
}

export const bench: Bench = async (progress) => {
  setWasmPaths('/node_modules/@tensorflow/tfjs-backend-wasm/dist/');
  if (!(await tf.setBackend('wasm'))) throw new Error('the wasm backend does not start');
  const backbone = await loadEmbeddedBackbone('/');
  const area = (side: number) => ({ kind: 'area', side }) as const;
  const policies = { warp: { kind: 'warp' }, 224: area(224), 300: area(300), 448: area(448) } as const;
  const photos = await flowerLooks(backbone, policies, progress);
  const whitening = await fetch('/models/whitening/whitening.safetensors');
  return [await accuracyTable(photos, await whitening.arrayBuffer())];
};
