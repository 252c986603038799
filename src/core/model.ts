/**
 * What every room speaks of: plain data, typed arrays and Blobs only. What the page may ask of the engine: worker/api.ts.
 * Shapes are row-major; feature maps are [height, width, channels]; vectors are bin-major [bin][channel].
 */
import type { PlainAnswer } from './labels/plainAnswer.ts';
import type { Pooling, Rule } from './pyramid/geometry.ts';
import type { BlockName, PyramidWeights } from './recipe/recipe.ts';
import type { SizePolicy } from './size/policies/policies.ts';
import type { Reduction } from './size/reduction.ts';
import type { PixelRect, Size } from './size/size.ts';

export type { SizePolicy, SizePolicyKind } from './size/policies/policies.ts';
export type { PixelRect, Size } from './size/size.ts';

export type BackendName = 'webgpu' | 'wasm' | 'cpu';

/** The backend that runs, and why it is this one. */
export interface BackendInfo {
  name: BackendName;
  /** What runs it, for people: "NVIDIA", "SwiftShader", "4 threads", … */
  device: string;
  /** Why this backend was chosen, one plain sentence. */
  reason: string;
  /** True when WebGPU runs on a software adapter. */
  software: boolean;
  /** True when `?backend=` or `use()` chose it. */
  forced: boolean;
}

export type BackendChoice = BackendName | 'auto';

/** What a size policy does with an image: which part of it is kept and to what size it is resampled. */
export interface SizePlan {
  policy: SizePolicy;
  source: PixelRect;
  input: Size;
  /** Only where the image was scaled up for it: the least side asked for, in pixels. */
  minSide?: number;
}

/** What is known of an image file. `width` and `height` are after EXIF orientation. */
export interface ImageFacts extends Size {
  format: string;
  bytes: number;
  /** Only where the picture was decoded smaller than it is: by this factor on each side. The sides above are its own all the same. */
  reduction?: Reduction;
  /** Set where the file lacks its end: the share of the picture's rows for which there was no data. */
  missingEnd?: number;
}

/** How an image was cut where it was too large for one piece (ARCHITECTURE.md, "Any size, for real"). Sides of a tile in pixels of the model's input. */
export interface TilesInfo extends Size {
  count: number;
  /** Largest input in one piece, in pixels: from the backend's limits and memory. */
  budget: number;
}

/** `done` of `total` tiles are computed; `rect` is the one being computed now (the last one when all are), in pixels of the model's input (`plan.input`). */
export interface TileProgress {
  done: number;
  total: number;
  rect: PixelRect;
  /**
   * Where the tiles' own parts, which cover the input once, begin and end along each side, 0 and the input's side included; in pixels of the
   * model's input. Tiles come row by row.
   */
  edges: { x: number[]; y: number[] };
}

/** A large image as soon as it is decoded, long before its answer. */
export interface SeenImage {
  facts: ImageFacts;
  plan: SizePlan;
  thumbnail: Blob;
}

export interface PyramidOptions {
  levels: number[];
  rule: Rule;
  pooling: Pooling;
}

/** `embedded`: the float16 features shipped with the app. `imagenet`: the official float32 model, fetched on first need. */
export type BackboneName = 'embedded' | 'imagenet';

/** Milliseconds spent in each stage of the one path. `backbone` is 0 when the feature map was still at hand. */
export interface StageTimes {
  decode: number;
  size: number;
  backbone: number;
  spp: number;
  head: number;
  total: number;
}

export type Stage = Exclude<keyof StageTimes, 'total'>;

export interface ClassScore {
  /** Index of the class in its head. */
  index: number;
  label: string;
  /** Softmax probability, 0…1. */
  score: number;
}

/** Which head answers: the built-in classes, ImageNet's names, a head trained here (by id), or none (features and pyramid only). */
export type HeadChoice = 'everyday' | 'imagenet' | 'none' | { id: string };

/** How the logits of a head on the mean came about. */
export interface LogitFacts {
  /** The size policies whose means were averaged; the first is the one that is shown. */
  looks: SizePolicy[];
  /** What the logits were multiplied by, so that the percentages say how often they are right. */
  factor: number;
}

/** Steps applied to a vector before the linear layer, as part of the head (ARCHITECTURE.md, "Defaults"). */
export interface Normalisation {
  /** Element-wise square root first. */
  sqrt: boolean;
  /** L2 over the whole vector, over each level, or not at all. */
  l2: 'vector' | 'level' | 'none';
  /** Subtract the training mean and divide by the training RMS norm. */
  centre: boolean;
}

/**
 * What a head's vector is made of. `paper`: the pyramid's pooled values (max or mean) with the head's normalisation. `anysize`: the recipe in
 * core/recipe, of a version, with the weights of its two grids and the `area` sides that its means are averaged over.
 */
export type HeadFeatures =
  | { kind: 'paper' }
  | { kind: 'anysize'; version: number; weights: PyramidWeights; sides: number[] };

/** A trained head: everything that turns a vector into class logits, and what it was trained on. */
export interface HeadData {
  id: string;
  name: string;
  classes: string[];
  pyramid: PyramidOptions;
  policy: SizePolicy;
  channels: number;
  /** Absent of heads made before there was a choice: `paper`. Under `anysize`, `pyramid` and `normalisation` are those of `anysizeFacts`. */
  features?: HeadFeatures;
  normalisation: Normalisation;
  /** Training mean [D] and RMS norm; present when `normalisation.centre`. */
  mean: Float32Array | null;
  scale: number;
  /** What its logits were divided by, so that its percentages are right; already in `weights` and `bias`. Absent: it was not fitted. */
  temperature?: number;
  /** [K, D], bin-major like the vector. */
  weights: Float32Array;
  bias: Float32Array;
}

/** An image on its way to the engine. `bitmap` is given only where the page had to rasterise (SVG). */
export interface ImageInput {
  blob: Blob;
  name: string;
  /** Stable id of the image; lets the engine keep its feature map at hand between calls. */
  key?: string;
  bitmap?: ImageBitmap;
  /** `needed` where absent. */
  decoding?: Decoding;
}

/** How much of a photo is decoded: what its input needs (large photos at a half, a quarter or an eighth of their sides), or always all of it. */
export type Decoding = 'needed' | 'whole';

/** A size to look at an image with: the length of its shorter side in pixels (policy `fit`), or its own size. */
export type Scale = number | 'native';

export interface AnalyseOptions {
  policy: SizePolicy;
  pyramid: PyramidOptions;
  head: HeadChoice;
  /** Largest image accepted, in pixels, judged from the file's header before decoding. */
  maxPixels: number;
  /** Smaller images are scaled up until no side is below this many pixels, aspect kept; policies `crop` and `warp` do without. */
  minSide?: number;
  /** The best classes are those of the mean of the probabilities at these scales; `policy` still decides what is pooled and shown. */
  scales?: Scale[];
  /** Largest input in one piece, in pixels; the backend's own budget, which it cannot exceed, when absent. */
  tileBudget?: number;
  /** How often a head on the mean looks at the default size: 2 where absent; 1 is faster and right a little less often. */
  looks?: 1 | 2;
  /** Whether a small picture comes with the answer. */
  thumbnail?: boolean;
  /** An inspection of the same image (same key) will follow: the map of a large image is kept for it, where it is of moderate size. */
  keepForView?: boolean;
}

/** One image's answer: small, kept per row of the list. */
export interface Analysis {
  facts: ImageFacts;
  plan: SizePlan;
  /** Feature map, [height, width, channels]. */
  map: { height: number; width: number; channels: number };
  backbone: BackboneName;
  vectorLength: number;
  backend: BackendName;
  head: { choice: HeadChoice; name: string } | null;
  /** Best classes first (at most 5); empty without a head. */
  top: ClassScore[];
  /** What is said of the image, as much as the probabilities bear; absent without a head, and for one trained here. */
  said?: PlainAnswer;
  /** Of a head on the mean: the built-in classes and ImageNet's. */
  logits?: LogitFacts;
  times: StageTimes;
  /** Plain sentences for the person, for instance why there are no labels. */
  notices: string[];
  /** JPEG, long side ≤ 160 px; only when asked. */
  thumbnail: Blob | null;
  /** Null where the backbone took the image in one piece. */
  tiles?: TilesInfo | null;
  /** Only where `AnalyseOptions.scales` was given: what each of them says; `top` is of their mean. */
  scales?: ScaleResult[];
}

/** What one scale of several says. */
export interface ScaleResult {
  scale: Scale;
  plan: SizePlan;
  map: { height: number; width: number; channels: number };
  tiles: TilesInfo | null;
  /** Best classes first (at most 5); empty without a head. */
  top: ClassScore[];
  /** Its probability of each class of {@link MultiScaleResult.average} (where a result was averaged, of its `top`), in that order. */
  scores: number[];
  /** L2 norm of each bin's values, in pyramid order. */
  strengths: number[];
  /** Milliseconds from decoded pixels to scores. */
  milliseconds: number;
}

/** One image at several scales. */
export interface MultiScaleResult {
  facts: ImageFacts;
  scales: ScaleResult[];
  /** Best classes of the mean of the scales' probabilities (at most 5); empty without a head. */
  average: ClassScore[];
  /** What is said of them, as {@link Analysis.said}. */
  said?: PlainAnswer;
  head: { choice: HeadChoice; name: string } | null;
  notices: string[];
}

/** Evidence for one class: a bin's (or, for a head on the mean of the map, a cell's) share of the logit. */
export interface ClassEvidence {
  index: number;
  label: string;
  score: number;
  logit: number;
  bias: number;
  /** [bins] for a head on the vector; null for one on the mean. */
  bins: Float32Array | null;
  /** Of a head on the recipe: each block's share. `bins` and the block `middle`, with the bias, sum to the logit. */
  blocks?: { name: BlockName; weight: number; total: number }[] | null;
  /** [height·width] for the built-in classes and ImageNet's, whose logits use the mean over cells; null otherwise. */
  cells: Float32Array | null;
}

/** Everything the pyramid panel shows of one image. */
export interface Inspection extends Analysis {
  pyramid: PyramidOptions;
  /** [bins·channels], bin-major. */
  vector: Float32Array;
  /** [bins·channels], flat cell in which each bin's channel is largest (first in row-major order); null for mean pooling in tiles. */
  argmax: Int32Array | null;
  /** Evidence for the top classes, best first; empty without a head. */
  evidence: ClassEvidence[];
  /** The pyramid in whose bins the evidence stands, that of the trained head: it need not be `pyramid`. Null without a trained head. */
  headPyramid: PyramidOptions | null;
  /** The image for looking at: oriented, long side ≤ 1600 px. */
  preview: Blob;
}

/** State of the optional ImageNet labels. */
export type LabelsState =
  | { status: 'idle' }
  | { status: 'loading'; fraction: number }
  | { status: 'ready'; source: string }
  /** `reason` is one plain sentence; `details` is what each address answered. */
  | { status: 'unavailable'; reason: string; details: string };

/** Hears of each stage as it begins and, where the image is large, of what it looks like and of each tile in the stage `backbone`. */
export type OnStage = (stage: Stage, tile?: TileProgress, seen?: SeenImage) => void;
