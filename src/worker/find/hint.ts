import * as tf from '@tensorflow/tfjs-core';
import { AnysizeError } from '../../core/errors.ts';
import type { Box } from '../../core/find/boxes.ts';
import type { FinderMap } from '../../core/find/settings.ts';
import { applyHead, vectorLength } from '../../core/head/buildHead.ts';
import { headFeatures } from '../../core/head/headFeatures.ts';
import { float16ToFloat32 } from '../../core/float16.ts';
import type { HeadData, PyramidOptions } from '../../core/model.ts';
import { softmax } from '../../core/softmax.ts';
import { yieldNow } from '../../core/yieldNow.ts';
import { spp } from '../../kernels/spp/spp.ts';
import { isMeanHead, type ResolvedHead } from '../classify/analyser.ts';
import type { Session } from '../session/session.ts';
import type { MeanHead } from '../labels/meanHead.ts';
import { headVector, pooledMaps, pyramidRead } from '../path/recipeFeatures.ts';
import type { HalfMap, PhotoMaps } from './bothMaps.ts';
import { cellsOf, chunks, placeWindows } from './windows.ts';

/** A head that can be asked of a window. */
type HintHead = MeanHead | HeadData;

const MEAN: PyramidOptions = { levels: [1], rule: 'adaptive', pooling: 'mean' };

/** Pooled values of a trained head's windows that are at hand at once, in bytes. */
const MOST_BYTES = 32 * 2 ** 20;

/** The classes that hints can be asked for. @throws as {@link hintHead} */
export function hintClasses(head: ResolvedHead): string[] {
  const able = hintHead(head);
  return isMeanHead(able) ? able.classes.map(({ name }) => name) : able.classes;
}

/**
 * The head itself, where it is on the embedded backbone: the built-in classes, and every head trained here.
 * @throws AnysizeError `BadArgument` for none, and for the official labels, whose backbone is another
 */
function hintHead(head: ResolvedHead): HintHead {
  if (head && (!isMeanHead(head) || head.backbone === 'embedded')) return head;
  throw new AnysizeError('BadArgument', 'Hints come from the built-in classes or from a head that was trained here.');
}

/**
 * Probability of one class for windows, each taken as if it were a photo: what the head pools of a photo's maps is pooled of the window's cells
 * instead, then the head answers as ever. A head knows whole photos, so this is a hint and no detector. Heads on the paper's rule are asked by
 * `adaptive` bins, which every window has; heads on several sizes by the one size of the maps.
 * @param breathe is awaited between portions of windows
 * @returns one for each box
 */
export async function hintScores(
  session: Session,
  photo: PhotoMaps,
  boxes: readonly Box[],
  head: ResolvedHead,
  classIndex: number,
  breathe: () => Promise<void> = yieldNow,
): Promise<Float32Array> {
  const able = hintHead(head);
  if (!hintClasses(able)[classIndex]) throw new AnysizeError('BadArgument', `That head has no class ${classIndex}.`);
  const maps: FinderMap[] = isMeanHead(able) || headFeatures(able).kind === 'paper' ? ['last'] : ['last', 'middle'];
  const { rows, windowOf } = placeWindows(boxes, photo, maps);
  const scores = isMeanHead(able)
    ? await layerScores(session, able, await pooledWindows(session, photo.last, MEAN, rows[0] ?? []), classIndex)
    : await trainedScores(session, able, photo, rows, classIndex, breathe);
  return Float32Array.from(windowOf, (window) => scores[window] ?? 0);
}

/** @param rows windows on the last map, and for heads on the recipe on the middle one */
async function trainedScores(
  session: Session,
  head: HeadData,
  photo: PhotoMaps,
  rows: readonly number[][][],
  classIndex: number,
  breathe: () => Promise<void>,
): Promise<number[]> {
  const pyramid: PyramidOptions = { ...pyramidRead(head), rule: 'adaptive' };
  const whitener = rows.length > 1 ? await session.whitener() : null;
  const scores: number[] = [];
  for (const [onLast = [], onMiddle = []] of chunks(rows, vectorLength(head), MOST_BYTES)) {
    const bins = await pooledWindows(session, photo.last, pyramid, onLast);
    const moments = whitener ? await windowMoments(session, photo.middle, onMiddle) : [];
    for (const [i, own] of bins.entries()) {
      const vector = whitener ? headVector(head, pooledMaps(own, moments[i] ?? new Float32Array()), whitener) : own;
      scores.push(softmax(applyHead(head, vector).logits)[classIndex] ?? 0);
      if (i % 16 === 0) await breathe();
    }
  }
  return scores;
}

/**
 * The window with the largest probability times cells: how many cells of the class it is likely to hold. The probability alone takes the smallest
 * windows: of 47 classes in 38 photos of COCO it was right (IoU ≥ 0.5) of none, the whole photo of 19 %, this of 32 %.
 * @returns its index
 */
export function bestHint(probabilities: ArrayLike<number>, boxes: readonly Box[], photo: PhotoMaps): number {
  const held = boxes.map((box, i) => {
    const { left, top, right, bottom } = cellsOf(box, photo, 'last');
    return (probabilities[i] ?? 0) * (right - left) * (bottom - top);
  });
  return held.reduce((best, cells, i) => (cells > (held[best] ?? 0) ? i : best), 0);
}

/** Windows of a map pooled, each [bins·channels]. */
async function pooledWindows(
  session: Session,
  { height, width, channels, data }: HalfMap,
  pyramid: PyramidOptions,
  windows: number[][],
): Promise<Float32Array[]> {
  const values = await session.compute(() =>
    read(() => spp(tf.tensor3d(float16ToFloat32(data), [height, width, channels]), { ...pyramid, windows })),
  );
  return portionsOf(values, windows.length);
}

/** Mean and population standard deviation over windows of a map, each [2·channels]. */
async function windowMoments(
  session: Session,
  { height, width, channels, data }: HalfMap,
  windows: number[][],
): Promise<Float32Array[]> {
  const values = await session.compute(() =>
    read(() => {
      const map = tf.tensor3d(float16ToFloat32(data), [height, width, channels]);
      const mean = spp(map, { ...MEAN, windows });
      const squares = spp(tf.square(map), { ...MEAN, windows });
      return tf.concat([mean, tf.sqrt(tf.relu(tf.sub(squares, tf.square(mean))))], 1);
    }),
  );
  return portionsOf(values, windows.length);
}

async function read(work: () => tf.Tensor): Promise<Float32Array> {
  const result = tf.tidy(work);
  try {
    return await result.data<'float32'>();
  } finally {
    result.dispose();
  }
}

function portionsOf(values: Float32Array, count: number): Float32Array[] {
  const length = values.length / Math.max(1, count);
  return Array.from({ length: count }, (_, i) => values.subarray(i * length, (i + 1) * length));
}

async function layerScores(
  session: Session,
  head: MeanHead,
  means: readonly Float32Array[],
  classIndex: number,
): Promise<number[]> {
  const layer = await head.layer();
  if (!layer) throw new AnysizeError('BadModel', 'The built-in classes are not loaded. Try again.');
  const classes = layer.bias.length;
  const channels = layer.weights.length / classes;
  const joined = new Float32Array(means.length * channels);
  means.forEach((mean, i) => joined.set(mean, i * channels));
  const column = await session.compute(() =>
    read(() => {
      const logits = tf.matMul(
        tf.tensor2d(joined, [means.length, channels]),
        tf.tensor2d(layer.weights, [classes, channels]),
        false,
        true,
      );
      return tf.slice(tf.softmax(tf.add(logits, tf.tensor1d(layer.bias))), [0, classIndex], [means.length, 1]);
    }),
  );
  return [...column];
}
