import { engine } from './client.ts';
import { compareFromConsole, trainFromConsole } from './consoleTraining.ts';
import { AnysizeError } from './errors.ts';
import { toImageInput } from './imageInput.ts';
import type {
  Analysis,
  BackboneName,
  BackendChoice,
  BackendInfo,
  BackendName,
  ClassScore,
  HeadChoice,
  MemoryInfo,
  PyramidOptions,
  SizePolicy,
  SizePolicyKind,
  SppRequest,
  StageTimes,
  Tensor,
} from './protocol.ts';
import { DEFAULT_MAX_PIXELS, toPolicy } from './sizing.ts';

type Policy = SizePolicy | SizePolicyKind;

/** Scores of the best classes, best first, with how the answer came about. */
export type ClassifyAnswer = ClassScore[] & {
  times: StageTimes;
  analysis: Analysis;
};

/** `window.anysize`: the engine for consoles and outside checks. Every method rejects with a named error. */
export interface AnysizeConsole {
  /** Settles when the backend and the embedded backbone are up. */
  readonly ready: Promise<BackendInfo>;
  /** Name of the backend that runs; null before `ready`. */
  readonly backend: BackendName | null;
  use(backend: BackendChoice): Promise<BackendName>;
  /** Pools a map [height, width, channels] to [windows, bins·channels], bin-major. Pyramid [4,2,1], adaptive, max unless told. */
  spp(map: { shape: number[]; data: ArrayLike<number> }, options?: Partial<SppRequest>): Promise<Tensor>;
  /** Feature map [ceil(h/32), ceil(w/32), 1280] of an image file, at size policy `area` unless told. */
  features(blob: Blob, options?: { policy?: Policy; backbone?: BackboneName }): Promise<Tensor>;
  /** Raw vector [bins·1280], bin-major, of an image file. */
  vector(blob: Blob, options?: { policy?: Policy } & Partial<PyramidOptions>): Promise<Tensor>;
  /** The best five classes of an image file (ImageNet labels unless another head is named), with `times` in ms. */
  classify(blob: Blob, options?: { policy?: Policy; head?: HeadChoice }): Promise<ClassifyAnswer>;
  /** Trains a head on photos by class name, with the fine-tuning tab's defaults. */
  train: typeof trainFromConsole;
  /** The same head, split and seeds on several strategies. */
  compare: typeof compareFromConsole;
  memory(): Promise<MemoryInfo>;
  /** Destroys the GPU device as a driver reset would, to try the recovery; nothing happens off WebGPU. */
  loseDevice(): Promise<void>;
}

const nameOf = (blob: Blob) => (blob instanceof File ? blob.name : 'image');

function pyramidOf(options: Partial<PyramidOptions>): PyramidOptions {
  return {
    levels: options.levels ?? [4, 2, 1],
    rule: options.rule ?? 'adaptive',
    pooling: options.pooling ?? 'max',
  };
}

/**
 * Makes the handle.
 * @param ready settles when the engine has started
 * @param backend name of the backend that runs now
 */
export function consoleHandle(ready: Promise<BackendInfo>, backend: () => BackendName | null): AnysizeConsole {
  let tasks = 0;
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
      return engine.spp(
        { shape: map.shape, data: Float32Array.from(map.data) },
        windows ? { ...pyramidOf(options), windows } : pyramidOf(options),
      );
    },
    async features(blob, { policy = 'area', backbone = 'embedded' } = {}) {
      return engine.features(await toImageInput(blob, nameOf(blob)), toPolicy(policy), backbone);
    },
    async vector(blob, { policy = 'area', ...options } = {}) {
      return engine.vector(await toImageInput(blob, nameOf(blob)), toPolicy(policy), pyramidOf(options));
    },
    async classify(blob, { policy = 'area', head = 'imagenet' } = {}) {
      const analysis = await engine.analyse(`console-${++tasks}`, await toImageInput(blob, nameOf(blob)), {
        policy: toPolicy(policy),
        pyramid: pyramidOf({}),
        head,
        maxPixels: DEFAULT_MAX_PIXELS,
      });
      if (analysis.head === null && head !== 'none') {
        throw new AnysizeError('LabelsUnavailable', analysis.notices.join(' '));
      }
      return Object.assign([...analysis.top], { times: analysis.times, analysis });
    },
    train: trainFromConsole,
    compare: compareFromConsole,
    memory: () => engine.memory(),
    loseDevice: () => engine.loseDevice(),
  };
}

declare global {
  interface Window {
    anysize: AnysizeConsole;
  }
}
