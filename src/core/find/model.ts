/** What the page and the worker say to each other about finding things. Plain data. */
import type { ImageInput, Size } from '../model.ts';
import type { SplitOptions } from '../training/model.ts';
import type { LabelledBox } from './annotation.ts';
import type { Box } from './boxes.ts';
import type { FinderSettings } from './settings.ts';

/** A linear answer on the vector of a window as pooled and scaled, without centring: that is folded in. */
export interface WindowScore {
  /** [D]. */
  weights: Float32Array;
  bias: number;
}

/** What was learned of one class. */
export interface FinderClass extends WindowScore {
  name: string;
  /** (tx, ty, tw, th) as weights [4·D] and what they begin with [4]; null where boxes are not regressed. */
  regressor: { weights: Float32Array; bias: number[] } | null;
  /** Probability = 1 / (1 + exp(−(slope·score + offset))), after Platt (1999). */
  platt: { slope: number; offset: number };
  /** Score from which a find is shown: the one with the best F1 on held-out photos; 0 where there are none. */
  threshold: number;
}

/** A trained detector: all that is needed to find its classes in a photo. */
export interface Finder {
  id: string;
  name: string;
  classes: FinderClass[];
  settings: FinderSettings;
}

/** One photo to learn from. Boxes are in pixels of the upright photo, half-open. */
export interface FinderPhoto {
  id: string;
  image: ImageInput;
  /** SHA-256 of the file's bytes, hex, as `ingest` gives it. */
  hash: string;
  /** Difference hash: near-identical photos stay on one side of the split. */
  perceptual: [number, number];
  boxes: LabelledBox[];
  /** All things of all classes have their box: only then what lies outside the boxes is none of them. */
  complete: boolean;
}

export interface FinderRequest {
  name: string;
  photos: FinderPhoto[];
  settings: FinderSettings;
  /** Share of the photos kept aside to measure on, and the seed of that choice. 0: nothing is measured. */
  split: SplitOptions;
}

/** One thing found. */
export interface Find {
  label: string;
  classIndex: number;
  /** Of the class's SVM: above 0 it leans to the class. */
  score: number;
  /** 0 … 1, after Platt. */
  probability: number;
  box: Box;
}

/** Where a training run is; `round` counts from 0, the first solution, before hard negatives. */
export type FinderProgress =
  | { phase: 'reading'; maps: number; proposals: number; total: number; secondsLeft: number | null }
  | { phase: 'round'; round: number; rounds: number; step: 'windows' | 'solving'; fraction: number }
  | { phase: 'rounded'; point: RoundPoint }
  | { phase: 'regressor'; fraction: number }
  | { phase: 'measuring'; fraction: number }
  | { phase: 'all photos'; fraction: number };

/** What a round has brought. */
export interface RoundPoint {
  round: number;
  /** Windows learned from, over all classes: positives, and negatives so far. */
  positives: number;
  negatives: number;
  /** Negatives that this round added. */
  added: number;
  /** AP at IoU 0.5 of each class on the held-out photos; null where it has no box there. */
  ap: (number | null)[];
}

export type FindErrorKind = 'localisation' | 'duplicate' | 'similar class' | 'other class' | 'background' | 'missed';

/** One mistake on a held-out photo, to be looked at. */
export interface FindError {
  kind: FindErrorKind;
  /** The photo's `id`. */
  photo: string;
  classIndex: number;
  /** What was found, or for `missed` the true box. */
  box: Box;
  score: number | null;
  /** Of `similar class` and `other class`: the class whose true box it lies on. */
  other?: number;
}

export interface ClassMetrics {
  name: string;
  /** True boxes on the held-out photos. */
  truth: number;
  /** At IoU 0.5; null where there is no true box. */
  ap50: number | null;
  ap75: number | null;
  /** Mean over IoU 0.5, 0.55 … 0.95. */
  ap: number | null;
  /** Score that gives the best F1 at IoU 0.5, and what it gives. */
  threshold: number;
  f1: number;
  /** Of every find, best score first. */
  curve: { score: number; precision: number; recall: number }[];
}

/** How well a finder does on photos that it did not learn from. */
export interface FinderMetrics {
  classes: ClassMetrics[];
  /** Means over classes with a true box; null where there is none. */
  map50: number | null;
  map75: number | null;
  map: number | null;
  /** Mistakes among the finds from the best-F1 threshold on, after Hoiem et al. (2012), and the boxes missed. */
  errors: FindError[];
}

/** True and found boxes of one photo. */
export interface PhotoFinds {
  id: string;
  size: Size;
  truth: LabelledBox[];
  finds: Find[];
}

/** A finished run: what it was asked, what it learned, how good it is. */
export interface FinderRun {
  id: string;
  name: string;
  /** ISO 8601. */
  created: string;
  classes: string[];
  settings: FinderSettings;
  split: SplitOptions;
  backend: string;
  seconds: { reading: number; training: number };
  /** Photos learned from and measured on, by id. */
  train: string[];
  heldOut: string[];
  /** Of the boxes of `train`, then of `heldOut`: `boxesStamp`. Runs from before there were any have none. */
  stamps?: string[];
  rounds: RoundPoint[];
  /** Of what was learned from the training photos alone; null where none was held out. */
  metrics: FinderMetrics | null;
  /** On the held-out photos. */
  results: PhotoFinds[];
  /** Photos left out because they could not be read. */
  failed: { id: string; message: string }[];
  notices: string[];
  /** Learned from all photos, those held out for the measures among them. */
  finder: Finder;
}

/** Finds of one photo, best first. */
export interface FindAnswer {
  size: Size;
  finds: Find[];
  /** Windows scored. */
  windows: number;
  milliseconds: { maps: number; proposals: number; windows: number };
}

/** Where a class seems to be, as a head sees it that knows whole photos only. */
export interface BoxHint {
  /** Of the upright photo. */
  size: Size;
  /** The best window. */
  box: Box;
  /** 0 … 1, of the head for this window. */
  probability: number;
  /** Windows scored. */
  windows: number;
}

/** Cells of one map that a box covers, its bins, and what they say. */
export interface WindowOnMap {
  map: 'last' | 'middle';
  stride: number;
  /** Of the whole map. */
  size: { height: number; width: number; channels: number };
  /** What the box takes of it, half-open. */
  cells: { left: number; top: number; right: number; bottom: number };
  /** Bins as cells of the map, in pyramid order, with each one's share of the score. */
  bins: {
    level: number;
    row: number;
    column: number;
    left: number;
    top: number;
    right: number;
    bottom: number;
    evidence: number;
  }[];
}

/** Why a box has its score: the bins' evidence and the bias are the score, to rounding. */
export interface BoxEvidence {
  classIndex: number;
  label: string;
  score: number;
  probability: number;
  bias: number;
  /** Size that the model saw of the photo. */
  input: Size;
  maps: WindowOnMap[];
}
