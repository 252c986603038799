/** The photos of the accuracy bench, read as the app reads them: its own decoding and resampling, the embedded backbone. */
import * as tf from '@tensorflow/tfjs-core';
import { spp } from '../src/kernels/spp/spp.ts';
import type { SizePolicy } from '../src/core/model.ts';
import { RunningMoments } from '../src/core/recipe/runningMoments.ts';
import { planSize } from '../src/core/size/sizing.ts';
import type { Backbone } from '../src/worker/models/backbone.ts';
import { decode } from '../src/worker/path/pixels/decode.ts';
import { resample } from '../src/worker/path/pixels/resample.ts';
import { flowerPhotos } from './sets/flowerPhotos.ts';

/** What one pass tells of a photo, before any root. */
export interface Look {
  /** Mean of the last map, [1280]. */
  whole: Float32Array;
  /** Mean and deviation of block_13_expand, [1152]. */
  middle: Float32Array;
  /** Bin means of the last map at 2×2 and 4×4, bin-major. */
  two: Float32Array;
  four: Float32Array;
  /** What was tried beside them: the last map's bins at 3×3, and mean and deviation of block_13_expand in each bin at 2×2. */
  three: Float32Array;
  middleTwo: Float32Array;
}

export interface LabelledPhoto<Name extends string> {
  label: number;
  looks: Record<Name, Look>;
}

/** All photos under each of the policies, in order of class and file name. */
export async function flowerLooks<Name extends string>(
  backbone: Backbone,
  policies: Record<Name, SizePolicy>,
  progress: (text: string) => void,
): Promise<LabelledPhoto<Name>[]> {
  const set = await flowerPhotos();
  const photos: LabelledPhoto<Name>[] = [];
  for (const { name, blob, classIndex } of set.photos) {
    if (photos.length % 40 === 0) progress(`${photos.length} of ${set.photos.length} flowers`);
    const { facts, bitmap, close } = await decode({ blob, name });
    const looks: Partial<Record<Name, Look>> = {};
    for (const key of Object.keys(policies) as Name[]) {
      const plan = planSize(facts, policies[key]);
      looks[key] = await look(backbone, resample(bitmap, plan), plan.input);
    }
    close();
    photos.push({ label: classIndex, looks: looks as Record<Name, Look> });
  }
  return photos;
}

/** One pass over a photo at its input size. @param pixels [height, width, 3], 0…1 */
export async function look(
  backbone: Backbone,
  pixels: Float32Array,
  { width, height }: { width: number; height: number },
): Promise<Look> {
  const out = tf.tidy(() => {
    const { last, middle } = backbone.runBoth(tf.tensor3d(pixels, [height, width, 3]));
    return { middle, bins: [1, 2, 4, 3].map((n) => spp(last, { levels: [n], rule: 'adaptive', pooling: 'mean' })) };
  });
  const [rows, columns, channels] = out.middle.shape;
  const cells = { data: await out.middle.data(), height: rows, width: columns };
  const momentsOf = (bin?: { top: number; left: number; bottom: number; right: number }) => {
    const moments = new RunningMoments(channels);
    moments.add(cells, bin);
    return moments.meanAndDeviation();
  };
  const halves = (side: number) => [[0, Math.ceil(side / 2)] as const, [Math.floor(side / 2), side] as const];
  const middleTwo = halves(rows).flatMap(([top, bottom]) =>
    halves(columns).map(([left, right]) => momentsOf({ top, left, bottom, right })),
  );
  const [whole, two, four, three] = await Promise.all(out.bins.map((bins) => bins.data<'float32'>()));
  tf.dispose([out.middle, ...out.bins]);
  if (!whole || !two || !four || !three) throw new Error('no bins');
  return { whole, middle: momentsOf(), two, four, three, middleTwo: joined(middleTwo) };
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const out = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
