import { AnysizeError, messageOf } from '../../core/errors.ts';
import { RuleError } from '../../core/pyramid/geometry.ts';
import type { TrainingProgress, TrainingSample } from '../../core/training/model.ts';
import type { VectorHelpers } from '../path/VectorHelpers.ts';
import type { RunControl } from './RunControl.ts';

/** Photos in flight: one decodes while another is in the backbone. */
const IN_FLIGHT = 3;
/** The same, of each helper. */
const IN_FLIGHT_THERE = 2;

/** What is done with the photos of one pass. */
export interface PhotoPass {
  samples: readonly TrainingSample[];
  /** Whether nothing needs to be computed for the photo at this place. */
  known: (i: number) => boolean;
  take: (sample: TrainingSample, i: number) => Promise<void>;
  /** Other engines that take some of them. */
  helpers: VectorHelpers;
  /** True for one photo at a time, and one of each helper. */
  oneByOne?: boolean;
  /** Photos on the path at once in this engine, where it is worth more than the usual few. */
  depth?: number | undefined;
}

export interface PassHooks {
  onProgress: (progress: TrainingProgress) => void;
  control: Pick<RunControl, 'whileHeld'>;
  signal: AbortSignal;
}

/**
 * Takes one photo after another, a few at a time, and tells how far it is.
 * @returns the photos that cannot be read
 * @throws AnysizeError `Cancelled`; `BadArgument` where the rule does not fit a photo; what is not about one file
 */
export async function eachPhoto(
  { samples, known, take, helpers, oneByOne = false, depth = oneByOne ? 1 : IN_FLIGHT }: PhotoPass,
  { onProgress, control, signal }: PassHooks,
): Promise<{ id: string; message: string }[]> {
  const failed: { id: string; message: string }[] = [];
  const fresh = samples.filter((_, i) => !known(i)).length;
  const cached = samples.length - fresh;
  const started = performance.now();
  let next = 0;
  let done = 0;
  let computed = 0;
  const report = () => {
    const elapsed = (performance.now() - started) / 1000;
    const left = Math.max(0, fresh - computed);
    const secondsLeft = computed > 0 ? (elapsed / computed) * left : null;
    if (computed > 0 && left > 0) helpers.ask(left, computed / elapsed);
    onProgress({ phase: 'vectors', done, total: samples.length, cached, secondsLeft });
  };
  const one = async (sample: TrainingSample, i: number) => {
    await control.whileHeld(signal);
    const atHand = known(i);
    try {
      await take(sample, i);
    } catch (error) {
      signal.throwIfAborted();
      if (!isAboutTheFile(error)) throw error instanceof RuleError ? namingPhoto(sample, error) : error;
      failed.push({ id: sample.id, message: messageOf(error) });
    }
    done++;
    if (!atHand) computed++;
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
      const most = depth + helpers.count * (oneByOne ? 1 : IN_FLIGHT_THERE);
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
  return failed;
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
