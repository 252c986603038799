import { engine } from './engineClient.ts';
import { onAllHands } from './pool/onAllHands.ts';
import { pooledEngine } from './pool/pooledEngine.ts';
import { blobArgument, levelsArgument, mapArgument, type Windows, windowsArgument } from './consoleArguments.ts';
import { findFromConsole, proposalsFromConsole, trainFinderFromConsole } from './find/consoleFind.ts';
import { compareFromConsole, trainFromConsole } from './consoleTraining.ts';
import { AnysizeError } from '../core/errors.ts';
import { DEFAULT_HEAD, isReadyHead } from '../core/labels/readyHeads.ts';
import { toImageInput } from './imageInput.ts';
import type {
  AnalyseOptions,
  Analysis,
  BackboneName,
  BackendChoice,
  BackendInfo,
  BackendName,
  ClassScore,
  Decoding,
  ImageInput,
  Inspection,
  MultiScaleResult,
  OnStage,
  PyramidOptions,
  Scale,
  SizePolicy,
  SizePolicyKind,
  StageTimes,
} from '../core/model.ts';
import type { MemoryInfo, PathOptions, Tensor } from '../worker/api.ts';
import { DEFAULT_MAX_PIXELS } from '../core/size/policies/native.ts';
import { DEFAULT_SCALES, toPolicy } from '../core/size/sizing.ts';
import { throwIfCancelled } from '../core/cancelled.ts';

type Policy = SizePolicy | SizePolicyKind;

/** Scores of the best classes, best first, with how the answer came about. */
export type ClassifyAnswer = ClassScore[] & {
  times: StageTimes;
  analysis: Analysis;
};

/** `onStage` hears of stages and tiles; aborting `signal` cancels, between tiles if need be. */
export interface ClassifyOptions extends Partial<Omit<AnalyseOptions, 'policy'>> {
  policy?: Policy;
  /** How much of large photos is decoded: as the settings say where absent. */
  decoding?: Decoding;
  onStage?: OnStage;
  signal?: AbortSignal;
}

/** `decoding` is `whole` unless told: exports are checked against these numbers. */
type ConsolePath = PathOptions & { decoding?: Decoding };

/** `window.anysize`: the engine for consoles and outside checks. Every method rejects with a named error. */
export interface AnysizeConsole {
  /** Settles when the backend and the embedded backbone are up. */
  readonly ready: Promise<BackendInfo>;
  /** Name of the backend that runs; null before `ready`. */
  readonly backend: BackendName | null;
  use(backend: BackendChoice): Promise<BackendName>;
  /** Pools a map [height, width, channels] to [windows, bins·channels], bin-major. Pyramid [4,2,1], adaptive, max unless told. */
  spp(
    map: { shape: number[]; data: ArrayLike<number> },
    options?: Partial<PyramidOptions> & { windows?: Windows },
  ): Promise<Tensor>;
  /** Feature map [ceil(h/32), ceil(w/32), 1280] of an image file, at size policy `area` unless told. */
  features(blob: Blob, options?: { policy?: Policy; backbone?: BackboneName } & ConsolePath): Promise<Tensor>;
  /** Raw vector [bins·1280], bin-major, of an image file. */
  vector(blob: Blob, options?: { policy?: Policy } & Partial<PyramidOptions> & ConsolePath): Promise<Tensor>;
  /** The best five classes of an image file (the built-in ones unless `head` is 'imagenet', a trained head or 'none'), with `times` in ms. */
  classify(blob: Blob, options?: ClassifyOptions): Promise<ClassifyAnswer>;
  /** As `classify`, of many image files, in their order: on several cores where there are. An error stands where its file's answer would. */
  classifyAll(blobs: readonly Blob[], options?: Omit<ClassifyOptions, 'onStage'>): Promise<(ClassifyAnswer | Error)[]>;
  /** As `classify`, with the vector, argmax and evidence that the pyramid panel shows. */
  inspect(blob: Blob, options?: ClassifyOptions): Promise<Inspection>;
  /** One image at several scales (the paper's six and native unless told) and the mean of their probabilities. */
  scales(blob: Blob, scales?: readonly Scale[], options?: ClassifyOptions): Promise<MultiScaleResult>;
  /** Trains a head on photos by class name, with the fine-tuning tab's defaults. */
  train: typeof trainFromConsole;
  /** The same head, split and seeds on several strategies. */
  compare: typeof compareFromConsole;
  /** Learns to find things from photos with boxes: `{ photos: [{ image, boxes: [{ label, box }] }] }`. */
  trainFinder: typeof trainFinderFromConsole;
  /** Things in an image file, best first, by a finder that `trainFinder` has made. */
  find: typeof findFromConsole;
  /** Boxes of an image file that may hold a thing. */
  proposals: typeof proposalsFromConsole;
  memory(): Promise<MemoryInfo>;
  /** Destroys the GPU device as a driver reset would, to try the recovery; nothing happens off WebGPU. */
  loseDevice(): Promise<void>;
}

async function imageInput(blob: Blob, decoding?: Decoding): Promise<ImageInput> {
  const image = await toImageInput(blobArgument(blob), blob instanceof File ? blob.name : 'image');
  return decoding ? { ...image, decoding } : image;
}

function pyramidOf(options: Partial<PyramidOptions>): PyramidOptions {
  return {
    levels: levelsArgument(options.levels ?? [4, 2, 1]),
    rule: options.rule ?? 'adaptive',
    pooling: options.pooling ?? 'max',
  };
}

function analyseOptions(given: ClassifyOptions) {
  const { policy = 'area', onStage, ...rest } = given;
  const { looks, head } = given;
  if (looks !== undefined && looks !== 1 && looks !== 2) {
    throw new AnysizeError('BadArgument', `looks is 1 or 2; got ${String(looks)}`);
  }
  if (head !== undefined && head !== 'none' && !isReadyHead(head) && typeof head?.id !== 'string') {
    throw new AnysizeError(
      'BadArgument',
      `head is 'everyday', 'imagenet', 'none' or { id } of a run; got ${String(head)}`,
    );
  }
  delete rest.decoding;
  // An AbortSignal cannot be sent to the worker.
  delete rest.signal;
  const defaults = { pyramid: pyramidOf({}), head: DEFAULT_HEAD, maxPixels: DEFAULT_MAX_PIXELS } as const;
  const options: AnalyseOptions = { ...defaults, ...rest, policy: toPolicy(policy) };
  return { options, onStage };
}

function pathOf({
  minSide,
  tileBudget,
}: {
  minSide?: number | undefined;
  tileBudget?: number | undefined;
}): PathOptions {
  return { ...(minSide === undefined ? {} : { minSide }), ...(tileBudget === undefined ? {} : { tileBudget }) };
}

/** @throws AnysizeError `LabelsUnavailable` where the head that was asked for is not to be had */
function answerOf(analysis: Analysis, { head }: AnalyseOptions): ClassifyAnswer {
  if (analysis.head === null && head !== 'none') {
    throw new AnysizeError('LabelsUnavailable', analysis.notices.join(' '));
  }
  return Object.assign([...analysis.top], { times: analysis.times, analysis });
}

/**
 * Makes the handle.
 * @param ready settles when the engine has started
 * @param backend name of the backend that runs now
 */
export function consoleHandle(ready: Promise<BackendInfo>, backend: () => BackendName | null): AnysizeConsole {
  let tasks = 0;
  const started = async <Result>(
    { signal, decoding }: ClassifyOptions,
    blob: Blob,
    work: (task: string, image: ImageInput) => Promise<Result>,
  ): Promise<Result> => {
    throwIfCancelled(signal);
    const image = await imageInput(blob, decoding);
    // Drawing an SVG takes a while, and the engine knows nothing of it yet.
    if (signal?.aborted) image.bitmap?.close();
    throwIfCancelled(signal);
    const task = `console-${++tasks}`;
    const cancel = () => void engine.cancel(task);
    signal?.addEventListener('abort', cancel);
    return work(task, image).finally(() => signal?.removeEventListener('abort', cancel));
  };
  return {
    ready,
    get backend() {
      return backend();
    },
    async use(choice) {
      if (!['auto', 'webgpu', 'wasm', 'cpu'].includes(choice)) {
        throw new AnysizeError('BadArgument', `use() wants 'webgpu', 'wasm', 'cpu' or 'auto'; got ${String(choice)}`);
      }
      return (await engine.use(choice)).name;
    },
    async spp(map, options = {}) {
      const { windows } = options;
      const request = pyramidOf(options);
      return engine.spp(
        mapArgument(map),
        windows === undefined ? request : { ...request, windows: windowsArgument(windows) },
      );
    },
    async features(blob, { policy = 'area', backbone = 'embedded', decoding = 'whole', ...path } = {}) {
      return engine.features(await imageInput(blob, decoding), toPolicy(policy), backbone, path);
    },
    async vector(blob, { policy = 'area', minSide, tileBudget, decoding = 'whole', ...options } = {}) {
      const image = await imageInput(blob, decoding);
      return engine.vector(image, toPolicy(policy), pyramidOf(options), pathOf({ minSide, tileBudget }));
    },
    async classify(blob, given = {}) {
      const { options, onStage } = analyseOptions(given);
      const analysis = await started(given, blob, (task, image) => engine.analyse(task, image, options, onStage));
      return answerOf(analysis, options);
    },
    async classifyAll(blobs, given = {}) {
      if (typeof blobs?.[Symbol.iterator] !== 'function') {
        throw new AnysizeError('BadArgument', 'classifyAll() wants a list of Files or Blobs');
      }
      const { options } = analyseOptions(given);
      const answer = async (blob: Blob, task: string) =>
        answerOf(await pooledEngine.analyse(task, await imageInput(blob), options), options);
      return onAllHands([...blobs], answer, given.signal);
    },
    async inspect(blob, given = {}) {
      const { options, onStage } = analyseOptions(given);
      return started(given, blob, (task, image) => engine.inspect(task, image, options, undefined, onStage));
    },
    async scales(blob, scales = DEFAULT_SCALES, given = {}) {
      const { options, onStage } = analyseOptions(given);
      return started(given, blob, (task, image) =>
        engine.scales(task, image, [...scales], options, (_, tile) => onStage?.('backbone', tile)),
      );
    },
    train: trainFromConsole,
    compare: compareFromConsole,
    trainFinder: trainFinderFromConsole,
    find: findFromConsole,
    proposals: proposalsFromConsole,
    memory: () => engine.memory(),
    loseDevice: () => engine.loseDevice(),
  };
}

declare global {
  interface Window {
    anysize: AnysizeConsole;
  }
}
