/**
 * The one place where the page and the worker meet: what may be asked of the engine. Arguments and answers are plain data, typed arrays and
 * Blobs (core/model.ts, core/training/model.ts); a function among the arguments is called back in the page.
 */
import type {
  AnalyseOptions,
  Analysis,
  BackboneName,
  BackendChoice,
  BackendInfo,
  HeadChoice,
  HeadData,
  ImageInput,
  Inspection,
  LabelsState,
  MultiScaleResult,
  OnStage,
  PyramidOptions,
  Scale,
  Size,
  SizePolicy,
  TileProgress,
} from '../core/model.ts';
import type { LabelledBox } from '../core/find/annotation.ts';
import type { Box } from '../core/find/boxes.ts';
import type {
  BoxEvidence,
  BoxHint,
  FindAnswer,
  Finder,
  FinderProgress,
  FinderRequest,
  FinderRun,
} from '../core/find/model.ts';
import type {
  Comparison,
  ComparisonProgress,
  Explanation,
  Ingested,
  LearningRateCurve,
  RepeatedAccuracy,
  Strategy,
  TrainingProgress,
  TrainingRequest,
  TrainingRun,
} from '../core/training/model.ts';
import type { AugmentOptions } from '../core/augmentation/augment.ts';
import type { ModelFiles } from './models/modelFiles.ts';

/** Numbers with their shape, row-major. */
export interface Tensor {
  shape: number[];
  data: Float32Array;
}

export interface SppRequest extends PyramidOptions {
  /** Rows of [top, left, bottom, right] in cells, half-open; the whole map when absent. */
  windows?: number[][];
}

export interface MemoryInfo {
  numTensors: number;
  numBytes: number;
  /** Bytes of GPU buffers allocated by tfjs (used and pooled); null off WebGPU. */
  numBytesAllocatedInGPU: number | null;
  /** Bytes of the worker's JS heap where the browser tells; null where it does not. */
  heapBytes: number | null;
  /** Bytes of the WASM heap; null off WASM. */
  wasmHeapBytes?: number | null;
}

/** Where to look for the official model before its usual addresses. */
export type LabelsSource = { url: string } | { files: File[] };

/** The official model's bytes and where they came from. */
export interface LabelFiles {
  files: ModelFiles;
  source: string;
}

/** Things the engine tells without being asked. */
export type EngineEvent =
  | { type: 'backend'; info: BackendInfo }
  | { type: 'labels'; state: LabelsState }
  | { type: 'notice'; text: string }
  /** So many training photos have no vectors yet; `pace`, photos a second, is null before it is known. Other engines could help. */
  | { type: 'help'; left: number; pace: number | null };

export type PathOptions = Pick<AnalyseOptions, 'minSide' | 'tileBudget'>;

/** Fine-tuning, as part of the engine. `task` names what {@link FinetuneEngine.control} and `Engine.cancel` act on. */
export interface FinetuneEngine {
  /** Reads one photo: hashes, facts, thumbnail. Rejects with a named error where it cannot be read. */
  ingest(task: string, image: ImageInput): Promise<Ingested>;
  /**
   * Makes the vectors that this training would need and has not, and keeps them. Gives way, photo by photo, to all that a person waits for, but
   * not to `ingest`. What a cancelled task has made is kept.
   */
  prepare(task: string, request: TrainingRequest, onProgress?: (progress: TrainingProgress) => void): Promise<void>;
  /** Photos to vectors to head to metrics. Vectors are kept, so that a second run computes only what is new. */
  train(
    task: string,
    request: TrainingRequest,
    onProgress?: (progress: TrainingProgress) => void,
  ): Promise<TrainingRun>;
  /** `stop` ends a run early and keeps what it has learned; `Engine.cancel` discards it. */
  control(task: string, action: 'pause' | 'resume' | 'stop'): Promise<void>;
  findLearningRate(
    task: string,
    request: TrainingRequest,
    onProgress?: (progress: TrainingProgress) => void,
  ): Promise<LearningRateCurve>;
  compare(
    task: string,
    request: TrainingRequest,
    strategies: Strategy[],
    seeds: number[],
    onProgress?: (progress: ComparisonProgress) => void,
  ): Promise<Comparison>;
  /** How often a head trained like this is right, from several other splits; the vectors are those of the run. */
  repeatAccuracy(
    task: string,
    request: TrainingRequest,
    onProgress?: (progress: TrainingProgress) => void,
  ): Promise<RepeatedAccuracy>;
  /** Grad-CAM and HiResCAM of an image for some classes of a trained head. */
  explain(image: ImageInput, headId: string, classIndices: number[]): Promise<Explanation>;
  /** Augmented views of one photo for looking at: PNG blobs, the first is the photo itself at the policy's size. */
  augmentPreview(
    image: ImageInput,
    policy: SizePolicy,
    options: AugmentOptions,
    views: number,
    seed: number,
  ): Promise<Blob[]>;
  /** The built-in example: drawn images whose class is the quadrant a shape stands in. PNG files, no download. */
  quadrantExample(
    perClass: number,
    seed: number,
  ): Promise<{ className: string; files: { name: string; blob: Blob }[] }[]>;
}

export interface ProposalRequest {
  kind?: 'search' | 'grid';
  /** Most boxes, besides the whole photo. */
  max?: number;
  seed?: number;
}

export interface FindOptions {
  /** Finds with a lower score are left out; none are when absent. */
  threshold?: number | undefined;
}

/** A drawn photo with its boxes. */
export interface FindExamplePhoto {
  name: string;
  blob: Blob;
  boxes: LabelledBox[];
}

/** Finding things, as part of the engine. Boxes are in pixels of the upright photo, half-open. */
export interface FindEngine {
  /** Boxes that may hold a thing, the whole photo first. */
  proposals(task: string, image: ImageInput, request?: ProposalRequest): Promise<{ size: Size; boxes: Box[] }>;
  /** Learns to find what is in boxes. The finder stays in the engine under the run's id. `Engine.cancel` discards the run. */
  trainFinder(
    task: string,
    request: FinderRequest,
    onProgress?: (progress: FinderProgress) => void,
  ): Promise<FinderRun>;
  controlFinder(task: string, action: 'pause' | 'resume'): Promise<void>;
  /** Makes a finder known that was learned in an earlier visit. */
  setFinder(finder: Finder): Promise<void>;
  removeFinder(id: string): Promise<void>;
  find(task: string, image: ImageInput, finderId: string, options?: FindOptions): Promise<FindAnswer>;
  /** The cells of a box on both maps, its bins, and what each adds to its score for a class. */
  explainBox(task: string, image: ImageInput, finderId: string, classIndex: number, box: Box): Promise<BoxEvidence>;
  /** The classes of a head that {@link FindEngine.hint} can be asked for; `BadArgument` where the head reads more than the mean of the map. */
  hintClasses(head: HeadChoice): Promise<string[]>;
  /** Where a class of the built-in classes, or of a trained head on the mean, seems to be: the best of the proposals. A hint, for want of a finder. */
  hint(task: string, image: ImageInput, head: HeadChoice, classIndex: number): Promise<BoxHint>;
  /** The built-in example: drawn scenes of many sizes with shapes to find, their boxes known. PNG files, no download. */
  findExample(count: number, seed: number): Promise<FindExamplePhoto[]>;
}

/** What lets several engines of a page work as one: the first, and helpers that make answers and vectors for it. */
export interface PoolEngine {
  /** Takes a lock and keeps it as long as the worker lives: whoever gets it next knows that the worker is gone. */
  liveUnder(lock: string): Promise<void>;
  /** A trained head, for a helper; null where it is not known here. */
  head(id: string): Promise<HeadData | null>;
  /** The official model's files and where they came from, for a helper; null where they were not fetched. */
  labelFiles(): Promise<LabelFiles | null>;
  /** Builds the labels from files that another engine has fetched. */
  takeLabels(files: LabelFiles): Promise<void>;
  /** From now on this helper makes vectors for the engine at the other end of the port. */
  serveVectors(port: MessagePort): Promise<void>;
  /** A helper that makes vectors is at the other end of the port, until it is removed or gone. */
  addHelper(id: string, port: MessagePort): Promise<void>;
  removeHelper(id: string): Promise<void>;
}

/** The engine, as the worker implements it and the page calls it. Every method rejects with a named error (`name`, `message`). */
export interface Engine extends FinetuneEngine, FindEngine, PoolEngine {
  /**
   * Starts the backend and loads the embedded backbone; `base` is the app's base URL.
   * @param page names the page: its engines decode huge pictures one at a time. Without it this engine keeps to itself
   */
  start(base: string, backend: BackendChoice, page?: string): Promise<BackendInfo>;
  use(backend: BackendChoice): Promise<BackendInfo>;
  subscribe(listener: (event: EngineEvent) => void): Promise<void>;
  /** The one path for one image. `task` can be given to {@link Engine.cancel}; a cancelled task rejects with `Cancelled`. */
  analyse(task: string, image: ImageInput, options: AnalyseOptions, onStage?: OnStage): Promise<Analysis>;
  /** As `analyse`, with what the pyramid panel needs; `classIndex` asks for evidence of one more class. */
  inspect(
    task: string,
    image: ImageInput,
    options: AnalyseOptions,
    classIndex?: number,
    onStage?: OnStage,
  ): Promise<Inspection>;
  /**
   * One image at several scales, smallest first as given, and the mean of their probabilities. `options.policy` is used only for the most pixels
   * that `native` may have; `options.scales` not at all. The paper's scales and native: DEFAULT_SCALES of sizing.ts.
   * @param onScale called with the number of scales done, and with the tiles of the one being computed
   */
  scales(
    task: string,
    image: ImageInput,
    scales: Scale[],
    options: AnalyseOptions,
    onScale?: (done: number, tile?: TileProgress) => void,
  ): Promise<MultiScaleResult>;
  cancel(task: string): Promise<void>;
  features(image: ImageInput, policy: SizePolicy, backbone: BackboneName, options?: PathOptions): Promise<Tensor>;
  /** One channel of an image's feature map, [height·width]: what pooling chooses from. Null where the map is too large to be kept. */
  channel(
    image: ImageInput,
    channel: number,
    policy: SizePolicy,
    backbone: BackboneName,
    options?: PathOptions,
  ): Promise<Float32Array | null>;
  vector(image: ImageInput, policy: SizePolicy, pyramid: PyramidOptions, options?: PathOptions): Promise<Tensor>;
  spp(map: Tensor, request: SppRequest): Promise<Tensor>;
  /** @param whileHeard waits no longer than the network is silent; a state that is still `loading` then says so, and the fetch goes on */
  loadLabels(source?: LabelsSource, whileHeard?: boolean): Promise<LabelsState>;
  /** Where the next fetch of the labels looks before the usual addresses. */
  setLabelsSource(source: LabelsSource): Promise<void>;
  setHead(head: HeadData): Promise<void>;
  removeHead(id: string): Promise<void>;
  memory(): Promise<MemoryInfo>;
  /** Milliseconds, since the start, during which the backend had something to do. */
  busy(): Promise<number>;
  /** Destroys the GPU device, for tests of recovery; no effect off WebGPU. */
  loseDevice(): Promise<void>;
}
