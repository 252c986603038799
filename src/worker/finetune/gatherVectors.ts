import { AnysizeError, messageOf } from '../../core/errors.ts';
import { RuleError } from '../../core/pyramid/geometry.ts';
import type { SizePolicy } from '../../core/model.ts';
import { vectorKind } from '../../core/training/features.ts';
import type { Side, TrainingProgress, TrainingSample, VectorOptions } from '../../core/training/model.ts';
import type { RunControl } from './RunControl.ts';
import type { Vectors } from '../path/vectors.ts';
import type { View } from '../path/view.ts';

/** Photos in flight: one decodes while another is in the backbone. */
const IN_FLIGHT = 3;
/** The same, of each helper. */
const IN_FLIGHT_THERE = 2;

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

/** The views that training sees of each photo, size by size: one turn of `GradientDescent` each. */
export function trainingViews(options: VectorOptions, photoSeed: number): View[] {
  const policies: SizePolicy[] = options.trainSides?.map((side) => ({ kind: 'area', side })) ?? [options.policy];
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
 * @throws AnysizeError `Cancelled`; `BadArgument` where the rule does not fit a photo. What is done stays in the cache
 */
export async function gatherVectors(
  vectors: Vectors,
  samples: readonly TrainingSample[],
  sides: readonly Side[],
  options: VectorOptions,
  onProgress: (progress: TrainingProgress) => void,
  control: Pick<RunControl, 'whileHeld'>,
  signal: AbortSignal,
  { ahead = false } = {},
): Promise<Gathered> {
  await vectors.ready;
  signal.throwIfAborted();
  const photos: (PhotoVectors | null)[] = samples.map(() => null);
  const failed: Gathered['failed'] = [];
  const judged = testViews(options);
  const viewsOf = samples.map((sample, i) =>
    sides[i] === 'train' ? trainingViews(options, seedOf(sample.hash)) : judged,
  );
  const kind = vectorKind(options);
  const fresh = samples.filter((sample, i) => !vectors.has(sample, viewsOf[i] ?? [], kind)).length;
  const cached = samples.length - fresh;
  const started = performance.now();
  let next = 0;
  let done = 0;
  let computed = 0;
  const report = () => {
    const elapsed = (performance.now() - started) / 1000;
    const left = Math.max(0, fresh - computed);
    const secondsLeft = computed > 0 ? (elapsed / computed) * left : null;
    if (computed > 0 && left > 0) vectors.helpers.ask(left, computed / elapsed);
    onProgress({ phase: 'vectors', done, total: samples.length, cached, secondsLeft });
  };
  const one = async (sample: TrainingSample, i: number) => {
    await control.whileHeld(signal);
    const views = viewsOf[i] ?? [];
    const known = vectors.has(sample, views, kind);
    try {
      if (!(ahead && known)) {
        const made = await vectors.of(sample, views, kind, signal);
        if (!ahead) photos[i] = { sample, side: sides[i] as Side, vectors: made };
      }
    } catch (error) {
      signal.throwIfAborted();
      if (!isAboutTheFile(error)) throw error instanceof RuleError ? namingPhoto(sample, error) : error;
      failed.push({ id: sample.id, message: messageOf(error) });
    }
    done++;
    if (!known) computed++;
    report();
  };
  report();
  await new Promise<void>((resolve, reject) => {
    let inFlight = 0;
    const stop = (error: unknown) => {
      // The other photos in flight stop after the one they are at.
      next = samples.length;
      reject(error as Error);
    };
    const begin = () => {
      // Helpers come and go meanwhile.
      const most = ahead ? 1 + vectors.helpers.count : IN_FLIGHT + vectors.helpers.count * IN_FLIGHT_THERE;
      while (inFlight < most && next < samples.length) {
        const i = next++;
        inFlight++;
        one(samples[i] as TrainingSample, i)
          .finally(() => inFlight--)
          .then(begin, stop);
      }
      if (inFlight === 0) resolve();
    };
    begin();
  });
  return { photos: photos.filter((photo) => photo !== null), failed };
}

function namingPhoto({ image }: TrainingSample, { message, rule }: RuleError): AnysizeError {
  return new AnysizeError(
    'BadArgument',
    `“${image.name}”: ${message}. Switch the ${rule} rule off, or choose a size policy under which all photos have sides that work.`,
  );
}

const FILE_ERRORS = new Set(['UnreadableImage', 'ImageTooLarge', 'UnsupportedFormat', 'DecodeTimeout', 'OutOfMemory']);

function isAboutTheFile(error: unknown): boolean {
  return error instanceof AnysizeError && FILE_ERRORS.has(error.name);
}
