import { AnysizeError } from '../../errors.ts';
import { createRandom } from '../../random.ts';
import { type BoxOffsets, offsetsTo } from '../boxRegression.ts';
import type { Box } from '../boxes.ts';
import type { WindowScore } from '../model.ts';
import type { FinderSettings } from '../settings.ts';
import type { LearnPhoto } from './learnPhoto.ts';
import { ridge } from './ridge.ts';
import { fewWindows } from './fewWindows.ts';
import { type LinearScore, trainSvm } from './svm.ts';
import { type Centre, WindowRows, type WindowStore } from './windowRows.ts';

/** Where the vectors of windows come from. */
export interface WindowSource {
  /** Pooled values [D] of some of a photo's boxes as bytes, 6/255 a step: as {@link WindowStore.append} takes them. */
  vectors(photo: LearnPhoto, boxes: readonly number[]): Promise<Uint8Array[]>;
  /** Scores of all of a photo's boxes, one array per model. */
  scores(photo: LearnPhoto, models: readonly WindowScore[]): Promise<Float32Array[]>;
}

export interface LearnHooks {
  /** Called with 0 … 1 while one step goes on; may throw to stop, or wait. */
  onStep?: (fraction: number) => void | Promise<void>;
}

/** A window scoring above this against its class is one to learn from (He et al. 2014, §4.1). */
const HARD = -1;
/** Where there are more photos, each gives fewer windows: they fit into about a gigabyte. */
const MOST_WINDOWS = 50_000;
const WINDOWS_OF_A_PHOTO = 90;
/** Positives of one photo and class. */
const MOST_POSITIVES = 200;
/** Ridge's residual: boxes move by less than a hundredth of a pixel beyond it. */
const RIDGE_TOLERANCE = 1e-4;

/** Rows of one class, and what its SVM has come to. */
interface ClassState {
  positives: number[];
  negatives: number[];
  /** Of rows already taken, positive or negative. */
  taken: Set<number>;
  solution: LinearScore | null;
}

/** Learns a finder from windows: SVMs on positives and first negatives, then rounds of hard negatives, then box regressors. */
export class FinderLearner {
  private readonly states: ClassState[];
  /** Row of each window that is kept, by photo and box. */
  private readonly rows = new Map<string, number>();
  private readonly learnt: LearnPhoto[] = [];
  private centre: Centre | null = null;

  constructor(
    readonly classes: readonly string[],
    private readonly settings: FinderSettings,
    private readonly store: WindowStore,
    private readonly source: WindowSource,
    private readonly seed: number,
  ) {
    this.states = classes.map(() => ({ positives: [], negatives: [], taken: new Set(), solution: null }));
  }

  get counts(): { positives: number; negatives: number } {
    const sum = (of: (state: ClassState) => number) => this.states.reduce((total, state) => total + of(state), 0);
    return { positives: sum(({ positives }) => positives.length), negatives: sum(({ negatives }) => negatives.length) };
  }

  /**
   * Takes photos in: their positives, the true boxes of other classes as negatives, and where they are complete first negatives from outside all
   * boxes.
   */
  async add(photos: readonly LearnPhoto[], { onStep }: LearnHooks = {}): Promise<void> {
    const random = createRandom(this.seed + this.learnt.length);
    const { positiveIou, negativeIou } = this.settings;
    const share = this.share(photos.length);
    const first: number[] = [];
    for (const [done, photo] of photos.entries()) {
      await onStep?.(done / photos.length);
      const apart = photo.complete ? photo.proposals.filter((i) => photo.anyIou(i) < negativeIou) : [];
      const negatives = random.shuffle(apart).slice(0, Math.ceil(share * this.settings.firstNegatives));
      const positives = this.classes.map((_, k) =>
        random.shuffle(photo.positives(k, positiveIou)).slice(0, Math.ceil(share * MOST_POSITIVES)),
      );
      const rows = await this.keep(photo, [...new Set([...negatives, ...positives.flat(), ...photo.truth.keys()])]);
      const rowOf = (box: number) => rows.get(box) as number;
      first.push(...negatives.map(rowOf));
      this.states.forEach((state, k) => {
        take(state, 'positives', (positives[k] ?? []).map(rowOf));
        take(state, 'negatives', [...negatives, ...photo.others(k, negativeIou)].map(rowOf));
      });
      this.learnt.push(photo);
    }
    if (this.centre) return;
    const none = this.classes.find((_, k) => this.states[k]?.positives.length === 0);
    if (none !== undefined) {
      throw new AnysizeError(
        'BadArgument',
        `“${none}” has no box in the photos to learn from: draw one, or remove the class.`,
      );
    }
    if (first.length === 0) {
      throw new AnysizeError(
        'BadArgument',
        'No photo is marked as complete: only there what lies outside the boxes is known to be none of the classes.',
      );
    }
    this.centre = this.store.meanAndSpread(Int32Array.from(first));
  }

  /** Solves every class's SVM on the windows so far, from where it was. */
  async solve({ onStep }: LearnHooks = {}): Promise<void> {
    const { c, rounds } = this.settings;
    // Shared among the rounds, each of which goes on where the last stood: solutions that go on to the optimum of few photos fit them too closely.
    const iterations = Math.ceil(this.settings.iterations / (rounds + 1));
    for (const [k, state] of this.states.entries()) {
      const rows = new WindowRows(this.store, Int32Array.from([...state.positives, ...state.negatives]), this.at());
      const positive = Array.from({ length: rows.count }, (_, i) => i < state.positives.length);
      const onIteration = (iteration: number) => onStep?.((k + iteration / iterations) / this.states.length);
      state.solution = await trainSvm(rows, positive, {
        c,
        iterations,
        start: state.solution ?? undefined,
        onIteration,
      });
    }
  }

  /**
   * Takes in the windows of complete photos that score high and are none of the class.
   * @returns how many
   */
  async mine(photos: readonly LearnPhoto[] = this.learnt, { onStep }: LearnHooks = {}): Promise<number> {
    const { negativeIou, hardNegatives } = this.settings;
    const most = Math.ceil(this.share(0) * hardNegatives);
    const models = this.models();
    let added = 0;
    for (const [done, photo] of photos.entries()) {
      await onStep?.(done / photos.length);
      if (!photo.complete) continue;
      const scores = await this.source.scores(photo, models);
      const hard = this.states.map((state, k) => {
        const own = scores[k] as Float32Array;
        const known = (box: number) => state.taken.has(this.rows.get(keyOf(photo, box)) ?? -1);
        return photo.proposals
          .filter((i) => (own[i] as number) > HARD && photo.iou(k, i) < negativeIou && !known(i))
          .sort((a, b) => (own[b] as number) - (own[a] as number))
          .slice(0, most);
      });
      const rows = await this.keep(photo, [...new Set(hard.flat())]);
      this.states.forEach((state, k) => {
        added += take(
          state,
          'negatives',
          (hard[k] ?? []).map((box) => rows.get(box) as number),
        );
      });
    }
    return added;
  }

  /** What the SVMs have come to, on vectors as they are pooled and scaled. */
  models(): WindowScore[] {
    return this.states.map(({ solution }) => {
      if (!solution) throw new Error('nothing is solved yet');
      return this.unfolded(solution);
    });
  }

  /** Box regressors, one per class: weights [4·D] and what they begin with; null where boxes are not regressed. */
  async regressors({ onStep }: LearnHooks = {}): Promise<({ weights: Float32Array; bias: number[] } | null)[]> {
    const { regressor } = this.settings;
    if (!regressor) return this.classes.map(() => null);
    const { size } = this.store.bytes;
    const found: { weights: Float32Array; bias: number[] }[] = [];
    for (const k of this.classes.keys()) {
      const rows: number[] = [];
      const targets: BoxOffsets[] = [];
      for (const photo of this.learnt) {
        const near = photo
          .positives(k, regressor.iou)
          .filter((i) => i >= photo.truth.length)
          .slice(0, regressor.most);
        const own = photo.positives(k, null);
        const kept = await this.keep(photo, [...own, ...near]);
        for (const box of [...own, ...near]) {
          const truth = box < photo.truth.length ? null : photo.nearest(k, box);
          rows.push(kept.get(box) as number);
          targets.push(truth ? offsetsTo(photo.boxes[box] as Box, truth) : [0, 0, 0, 0]);
        }
      }
      const columns = [0, 1, 2, 3].map((side) => Float64Array.from(targets, (target) => target[side] as number));
      let steps = 0;
      const solved = await ridge(
        new WindowRows(this.store, Int32Array.from(rows), this.at()),
        columns,
        // A λ for many windows would hardly let boxes move after few.
        regressor.lambda * fewWindows(rows.length),
        {
          tolerance: RIDGE_TOLERANCE,
          onStep: () => onStep?.((k + 1 - 0.98 ** ++steps) / this.classes.length),
        },
      );
      const parts = solved.weights.map((weights, side) => this.unfolded({ weights, bias: solved.mean[side] ?? 0 }));
      const weights = new Float32Array(4 * size);
      parts.forEach((part, side) => weights.set(part.weights, side * size));
      found.push({ weights, bias: parts.map(({ bias }) => bias) });
    }
    return found;
  }

  /** w·(x − μ)/σ + b as weights on x. */
  private unfolded({ weights, bias }: LinearScore): WindowScore {
    const { mean, spread } = this.at();
    const scaled = Float32Array.from(weights, (value) => value / spread);
    return { weights: scaled, bias: weights.reduce((sum, w, d) => sum - (w * (mean[d] as number)) / spread, bias) };
  }

  private at(): Centre {
    if (!this.centre) throw new Error('no photo was taken in yet');
    return this.centre;
  }

  /** Share of its windows that a photo gives where there are many photos. */
  private share(more: number): number {
    return Math.min(1, MOST_WINDOWS / (WINDOWS_OF_A_PHOTO * Math.max(1, this.learnt.length + more)));
  }

  /** Rows of a photo's boxes, made where they are not at hand. */
  private async keep(photo: LearnPhoto, boxes: readonly number[]): Promise<Map<number, number>> {
    const missing = boxes.filter((box) => !this.rows.has(keyOf(photo, box)));
    const vectors = missing.length > 0 ? await this.source.vectors(photo, missing) : [];
    missing.forEach((box, i) => this.rows.set(keyOf(photo, box), this.store.append(vectors[i] as Uint8Array)));
    return new Map(boxes.map((box) => [box, this.rows.get(keyOf(photo, box)) as number]));
  }
}

const keyOf = (photo: LearnPhoto, box: number) => `${photo.id} ${box}`;

/** @returns how many were new */
function take(state: ClassState, kind: 'positives' | 'negatives', rows: readonly number[]): number {
  const fresh = rows.filter((row) => !state.taken.has(row));
  for (const row of fresh) state.taken.add(row);
  state[kind].push(...fresh);
  return fresh.length;
}
