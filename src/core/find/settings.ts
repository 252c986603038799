/** Which map of the pass windows are pooled from. */
export type FinderMap = 'last' | 'middle';

/** How a finder looks and learns. */
export interface FinderSettings {
  /** Shorter side of what the model sees, in pixels; aspect kept. */
  side: number;
  /** Maps that windows are pooled from: of stride 32 and 16. */
  maps: FinderMap[];
  /** Bins per side of each level, on every map. */
  levels: number[];
  proposals: { kind: 'search' | 'grid'; max: number; seed: number };
  /** Least IoU with a true box for a proposal to be a positive; null: true boxes only. */
  positiveIou: number | null;
  /** Negatives overlap every true box of the class by less. */
  negativeIou: number;
  /** Negatives of each photo before the first round, and most that a round adds. */
  firstNegatives: number;
  hardNegatives: number;
  rounds: number;
  /** Of the SVM. */
  c: number;
  /** L-BFGS's, of all rounds together. */
  iterations: number;
  /** Most proposals of a photo that box regression learns from, their least IoU, and λ (see `fewWindows`); null: boxes stay as proposed. */
  regressor: { most: number; iou: number; lambda: number } | null;
  /** Best windows of a photo that are looked at, per class. */
  windows: number;
  suppression: number;
  most: number;
  voting: boolean;
}

export const DEFAULT_FINDER: FinderSettings = {
  side: 480,
  maps: ['last', 'middle'],
  levels: [3, 1],
  proposals: { kind: 'search', max: 500, seed: 1 },
  positiveIou: 0.6,
  negativeIou: 0.5,
  firstNegatives: 15,
  hardNegatives: 20,
  rounds: 2,
  c: 3000,
  iterations: 40,
  regressor: { most: 25, iou: 0.6, lambda: 1 },
  windows: 300,
  suppression: 0.3,
  most: 100,
  voting: true,
};

/** The same with a smaller look at the photo: a third of the time. */
export const FAST_FINDER: FinderSettings = { ...DEFAULT_FINDER, side: 300 };

/** As in the paper (He et al. 2014, §4.1): true boxes as positives, negatives below IoU 0.3, no voting, shorter side 688, the last map only. */
export const PAPER_FINDER: FinderSettings = {
  ...DEFAULT_FINDER,
  side: 688,
  maps: ['last'],
  levels: [6, 3, 2, 1],
  positiveIou: null,
  negativeIou: 0.3,
  voting: false,
};

/** Pyramids that a window can be pooled with. */
export const WINDOW_PYRAMIDS: readonly (readonly number[])[] = [
  [3, 1],
  [2, 1],
  [4, 2, 1],
  [6, 3, 2, 1],
];
