/**
 * Variants of our features that were weighed against the recipe (issue 11, §5): an ensemble of the three candidates, one 3×3 grid in place of 2×2 and
 * 4×4, and the middle layer's bins. On the built-in example; with the part "flowers" on datasets/flowers too.
 */
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { drawScene, quadrantScenes, QUADRANTS } from '../src/core/augmentation/quadrants.ts';
import { readWhitenings } from '../src/core/recipe/readWhitenings.ts';
import { blockWeights, PYRAMID_CANDIDATES } from '../src/core/recipe/recipe.ts';
import { whiten, type Whitening } from '../src/core/recipe/whitening.ts';
import { planSize } from '../src/core/size/sizing.ts';
import { loadEmbeddedBackbone } from '../src/worker/models/backbone.ts';
import { heldOutAccuracy, heldOutScores, kernelOfRows, seededSplit, shareRight } from './accuracyOf.ts';
import { flowerLooks, type Look, type LabelledPhoto, look } from './flowers.ts';
import type { Bench, Table } from './table.ts';

const SPLITS = 20;
const POLICY = { kind: 'area', side: 300 } as const;
const SCENES = 128;

type Photo = LabelledPhoto<'300'>;

/** A block's rows: bins whitened, joined, of length 1. */
function blockRows(photos: readonly Photo[], pooled: (look: Look) => Float32Array, whitening: Whitening) {
  return photos.map(({ looks }) => {
    const values = pooled(looks['300']);
    const row = new Float32Array(values.length);
    for (let at = 0; at < values.length; at += whitening.length) {
      row.set(whiten(values.subarray(at, at + whitening.length), whitening), at);
    }
    const norm = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0)) || 1;
    return row.map((value) => value / norm);
  });
}

function summed(parts: readonly (readonly [kernel: Float64Array, weight: number])[]): Float64Array {
  const out = new Float64Array(parts[0]?.[0].length ?? 0);
  for (const [kernel, weight] of parts) for (let at = 0; at < out.length; at++) out[at]! += weight * kernel[at]!;
  return out;
}

async function variants(title: string, photos: readonly Photo[], classes: number, share: number): Promise<Table> {
  const whitenings = readWhitenings(await (await fetch('/models/whitening/whitening.safetensors')).arrayBuffer());
  const kernel = (pooled: (look: Look) => Float32Array, whitening = whitenings.map) =>
    kernelOfRows(blockRows(photos, pooled, whitening));
  const whole = kernel((one) => one.whole);
  const middle = kernel((one) => one.middle, whitenings.middle);
  const [two, three, four] = [kernel((one) => one.two), kernel((one) => one.three), kernel((one) => one.four)];
  const middleTwo = kernel((one) => one.middleTwo, whitenings.middle);
  const base = [
    [whole, 1],
    [middle, blockWeights({ two: 0, four: 0 }).middle],
  ] as const;
  const candidates = PYRAMID_CANDIDATES.map((weights) => summed([...base, [two, weights.two], [four, weights.four]]));
  const ways: Record<string, Float64Array[]> = {
    'the recipe: none, weak or strong, chosen': candidates,
    '3×3 in place of 2×2 and 4×4, chosen': PYRAMID_CANDIDATES.map((weights) =>
      summed([...base, [three, weights.two + weights.four]]),
    ),
    'and the middle layer’s 2×2 bins, chosen': PYRAMID_CANDIDATES.map((weights) =>
      summed([...base, [two, weights.two], [four, weights.four], [middleTwo, 0.7 * weights.two]]),
    ),
  };
  const labels = photos.map(({ label }) => label);
  const splits = Array.from({ length: SPLITS }, (_, seed) => seededSplit(labels, share, seed));
  const found: { name: string; shares: number[] }[] = [];
  for (const [name, kernels] of Object.entries(ways)) {
    const shares: number[] = [];
    for (const split of splits) shares.push(100 * (await heldOutAccuracy(kernels, labels, classes, split)).accuracy);
    found.push({ name, shares });
  }
  const together: number[] = [];
  for (const split of splits) {
    const answers = await Promise.all(candidates.map((each) => heldOutScores(each, labels, classes, split)));
    const scores = split.test.map((_, i) =>
      Array.from({ length: classes }, (_, k) => answers.reduce((sum, each) => sum + (each.scores[i]?.[k] ?? 0), 0)),
    );
    together.push(100 * shareRight(scores, labels, split));
  }
  found.push({ name: 'mean of the three candidates', shares: together });
  const reference = found[0]?.shares ?? [];
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    title: `${title}, ${photos.length} photos, ${100 * share} % for training, ${SPLITS} splits`,
    columns: ['', 'right', 'points against the recipe'],
    rows: found.map(({ name, shares }) => {
      const gains = shares.map((value, i) => value - (reference[i] ?? 0));
      const gain = mean(gains);
      const spread = Math.sqrt(mean(gains.map((value) => (value - gain) ** 2)) / (SPLITS - 1));
      return {
        cells: [
          name,
          `${mean(shares).toFixed(1)} %`,
          shares === reference ? '' : `${gain >= 0 ? '+' : ''}${gain.toFixed(1)} ± ${spread.toFixed(1)}`,
        ],
      };
    }),
    notes: ['kernel ridge, λ by leave-one-out for all; ± is the standard error over the splits, paired'],
  };
}

export const bench: Bench = async (progress, parts) => {
  setWasmPaths('/node_modules/@tensorflow/tfjs-backend-wasm/dist/');
  if (!(await tf.setBackend('wasm'))) throw new Error('the wasm backend does not start');
  const backbone = await loadEmbeddedBackbone('/');
  const scenes: Photo[] = [];
  progress(`${SCENES} drawn scenes`);
  for (const scene of quadrantScenes(SCENES, 1)) {
    const { data, width, height } = drawScene(scene);
    const { input } = planSize({ width, height }, POLICY);
    const pixels = tf.tidy(() =>
      tf.image.resizeBilinear(tf.tensor3d(data, [height, width, 3]), [input.height, input.width]).dataSync(),
    );
    scenes.push({ label: scene.classIndex, looks: { 300: await look(backbone, pixels as Float32Array, input) } });
  }
  const tables = [await variants('the built-in example', scenes, QUADRANTS.length, 0.25)];
  if (parts.includes('flowers')) {
    const photos = await flowerLooks(backbone, { 300: POLICY }, progress);
    tables.push(await variants('datasets/flowers', photos, 5, 0.2));
  }
  return tables;
};
