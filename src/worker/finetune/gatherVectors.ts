import type { SizePolicy } from '../../core/model.ts';
import { vectorKind } from '../../core/training/features.ts';
import type { Side, TrainingSample, VectorOptions } from '../../core/training/model.ts';
import { eachPhoto, type PassHooks } from './eachPhoto.ts';
import type { VectorSource } from '../path/vectors.ts';
import type { View } from '../path/view.ts';

/** Vectors of one photo: one per view of its side. */
export interface PhotoVectors {
  sample: TrainingSample;
  side: Side;
  vectors: Float32Array[];
}

export interface Gathered {
  photos: PhotoVectors[];
  failed: { id: string; message: string }[];
}

function trainingPolicies({ trainSides, policy }: VectorOptions): SizePolicy[] {
  return trainSides?.map((side) => ({ kind: 'area', side })) ?? [policy];
}

/** The views that training sees of each photo, size by size: one turn of `GradientDescent` each. */
export function trainingViews(options: VectorOptions, photoSeed: number): View[] {
  const policies = trainingPolicies(options);
  const { augmentation } = options;
  const plain: View[] = policies.map((policy) => ({ policy, augmentation: null }));
  if (!augmentation) return plain;
  const augmented = Array.from({ length: augmentation.views }, (_, view) =>
    policies.map((policy) => ({
      policy,
      // The same view at another size is the same picture, so sizes can be compared.
      augmentation: { options: augmentation.options, seed: photoSeed + view },
    })),
  );
  return [...plain, ...augmented.flat()];
}

/** The views whose probabilities are averaged when a photo is judged: never augmented. */
export function testViews(options: VectorOptions): View[] {
  const policies: SizePolicy[] = options.testSides?.map((side) => ({ kind: 'area', side })) ?? [options.policy];
  return policies.map((policy) => ({ policy, augmentation: null }));
}

/** A number from a content hash, so that a photo's augmented views do not depend on its place in the list. */
function seedOf(hash: string): number {
  return Number.parseInt(hash.slice(0, 7), 16) || 0;
}

/**
 * Computes, or finds, the vectors of all photos. A photo that cannot be read is listed and left out.
 * @param sides side of each sample, in the order given
 * @param ahead the vectors are only to be kept for a training to come: one photo at a time, those at hand not touched, none answered
 * @throws AnysizeError as {@link eachPhoto}. What is done stays in the cache
 */
export async function gatherVectors(
  vectors: VectorSource,
  samples: readonly TrainingSample[],
  sides: readonly Side[],
  options: VectorOptions,
  hooks: PassHooks,
  { ahead = false } = {},
): Promise<Gathered> {
  await vectors.ready;
  hooks.signal.throwIfAborted();
  const photos: (PhotoVectors | null)[] = samples.map(() => null);
  const judged = testViews(options);
  const viewsOf = samples.map((sample, i) =>
    sides[i] === 'train' ? trainingViews(options, seedOf(sample.hash)) : judged,
  );
  const kind = vectorKind(options);
  const known = (i: number) => {
    const sample = samples[i];
    return sample !== undefined && vectors.has(sample, viewsOf[i] ?? [], kind);
  };
  const take = async (sample: TrainingSample, i: number) => {
    if (ahead && known(i)) return;
    const made = await vectors.of(sample, viewsOf[i] ?? [], kind, hooks.signal);
    if (!ahead) photos[i] = { sample, side: sides[i] as Side, vectors: made };
  };
  const failed = await eachPhoto(
    { samples, known, take, helpers: vectors.helpers, oneByOne: ahead, depth: vectors.depth?.(ahead) },
    hooks,
  );
  return { photos: photos.filter((photo) => photo !== null), failed };
}

/**
 * What photos are compared by, before it is known which side they are on: of the first view that all of them need.
 * @returns for each sample [1280], of length 1; null for a photo that cannot be read
 * @throws AnysizeError as {@link eachPhoto}
 */
export async function gatherLikenesses(
  vectors: VectorSource,
  samples: readonly TrainingSample[],
  options: VectorOptions,
  hooks: PassHooks,
  { ahead = false } = {},
): Promise<(Float32Array | null)[]> {
  await vectors.ready;
  hooks.signal.throwIfAborted();
  const likenesses: (Float32Array | null)[] = samples.map(() => null);
  const view = plainView(options);
  const kind = vectorKind(options);
  const known = (i: number) => {
    const sample = samples[i];
    return sample !== undefined && vectors.has(sample, [view], kind);
  };
  const take = async (sample: TrainingSample, i: number) => {
    likenesses[i] = await vectors.likeness(sample, view, kind, hooks.signal);
  };
  await eachPhoto(
    { samples, known, take, helpers: vectors.helpers, oneByOne: ahead, depth: vectors.depth?.(ahead) },
    hooks,
  );
  return likenesses;
}

/** The first view of every photo that trains. */
export function plainView(options: VectorOptions): View {
  const [policy = options.policy] = trainingPolicies(options);
  return { policy, augmentation: null };
}

/** Whether photos need the same views, whatever side they are on: {@link plainView} alone. */
export function sidesNeedSame(options: VectorOptions): boolean {
  const plain = JSON.stringify([plainView(options)]);
  return [trainingViews(options, 0), testViews(options)].every((views) => JSON.stringify(views) === plain);
}
