/** For tests: the images and answers of golden/backbone.json and, for the middle layer, golden/middle.json. */
import * as tf from '@tensorflow/tfjs-core';
import golden from '../../../golden/backbone.json' with { type: 'json' };
import middle from '../../../golden/middle.json' with { type: 'json' };
import type { Backbone } from './backbone.ts';

export type GoldenCase = (typeof golden.cases)[number];

export const goldenCases: GoldenCase[] = golden.cases;

export type MiddleCase = (typeof middle.cases)[number];

export const middleCases: MiddleCase[] = middle.cases;

/** Images that WebGPU in software takes about a second for. */
export const MOST_PIXELS = 14_000;

/** Cases as `test.each` names them. */
export const named = <T extends { size: number[] }>(cases: T[]) =>
  cases.map((golden) => [golden.size.join('×'), golden] as const);

export function goldenCase(...size: [height: number, width: number]): GoldenCase {
  const found = goldenCases.find((each) => each.size.join() === size.join());
  if (!found) throw new Error(`golden/backbone.json has no case of ${size.join('×')}.`);
  return found;
}

/** The image of a case, [H,W,3] in [0,1], by the formula in golden/backbone.json's "input". */
function goldenImage({ size, seed }: Pick<GoldenCase, 'size' | 'seed'>): tf.Tensor3D {
  const [height = 0, width = 0] = size;
  const values = Float32Array.from({ length: height * width * 3 }, (_, i) => {
    let h = Math.imul((i >> 4) + seed * 7919, 2654435761) >>> 0;
    h = (h ^ (h >>> 15)) >>> 0;
    h = Math.imul(h, 2246822519) >>> 0;
    h = (h ^ (h >>> 13)) >>> 0;
    return (h % 256) / 255;
  });
  return tf.tensor3d(values, [height, width, 3]);
}

export interface Agreement {
  shape: number[];
  /** Cosine of the sampled values with the golden ones; NaN where both are all zeros. */
  cosine: number;
  /** Largest absolute difference over the sampled values. */
  difference: number;
  /** Largest value of the whole map. */
  max: number;
  /** Tensors that the run left behind, beyond none. */
  leaked: number;
}

/** Runs a case's image through a backbone and compares the sampled values with the golden ones. */
export async function agreement(backbone: Backbone, golden: GoldenCase): Promise<Agreement> {
  return compared(golden, (image) => backbone.run(image));
}

/** {@link agreement} of the middle layer; that of the last one is checked to be the same as without the middle. */
export async function middleAgreement(
  backbone: Backbone,
  golden: MiddleCase,
): Promise<Agreement & { lastDiffers: number }> {
  const image = goldenImage(golden);
  const differs = tf.tidy(() => tf.max(tf.abs(tf.sub(backbone.runBoth(image).last, backbone.run(image)))));
  const [lastDiffers = Number.NaN] = await differs.data();
  tf.dispose([image, differs]);
  const found = await compared(golden, (input) => {
    const { last, middle } = backbone.runBoth(input);
    last.dispose();
    return middle;
  });
  return { ...found, lastDiffers };
}

async function compared(golden: GoldenCase | MiddleCase, run: (image: tf.Tensor3D) => tf.Tensor3D): Promise<Agreement> {
  const before = tf.memory().numTensors;
  const image = goldenImage(golden);
  const map = run(image);
  const values = await map.data<'float32'>();
  const { shape } = map;
  tf.dispose([image, map]);
  let dot = 0;
  let ours = 0;
  let theirs = 0;
  let difference = 0;
  golden.index.forEach((index, i) => {
    const a = values[index] ?? Number.NaN;
    const b = golden.value[i]!;
    dot += a * b;
    ours += a * a;
    theirs += b * b;
    difference = Number.isNaN(a) ? Number.NaN : Math.max(difference, Math.abs(a - b));
  });
  return {
    shape,
    cosine: dot / Math.sqrt(ours * theirs),
    difference,
    max: values.reduce((most, value) => Math.max(most, value), 0),
    leaked: tf.memory().numTensors - before,
  };
}
