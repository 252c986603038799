import { LRUCache } from 'lru-cache';
import { CHANNELS } from '../../core/featureMap.ts';
import { decodeRoom } from '../path/pixels/decode.ts';
import { AnysizeError } from '../../core/errors.ts';
import { anysizeFacts } from '../../core/head/headFeatures.ts';
import { levelLengths } from '../../core/head/normalise.ts';
import type { PyramidChoice } from '../../core/recipe/choosePyramid.ts';
import { vectorOfPacked } from '../../core/recipe/packedPhoto.ts';
import { blocksOf, type PyramidWeights, recipeLength } from '../../core/recipe/recipe.ts';
import { featuresOf, vectorKind } from '../../core/training/features.ts';
import { nearDuplicateGroups } from '../../core/training/nearDuplicates.ts';
import { splitSamples } from '../../core/training/split.ts';
import { TrainingSet } from '../../core/training/trainingVectors.ts';
import { PyramidChooser } from './pyramidChooser.ts';
import type { RunControl } from './RunControl.ts';
import type { PassHooks } from './eachPhoto.ts';
import { gatherLikenesses, gatherVectors, type Gathered, type PhotoVectors, sidesNeedSame } from './gatherVectors.ts';
import type { TrainingProgress, TrainingRequest, TrainingSample, VectorOptions } from '../../core/training/model.ts';
import type { VectorSource } from '../path/vectors.ts';

/** Photos on their sides with their vectors, and the training set made of them. */
export interface Prepared extends Gathered {
  set: TrainingSet;
  /** Row groups of the training set that stay in one fold: views of one photo and its near-duplicates. */
  groups: number[];
  notices: string[];
  /** Under the app's own features: the weights that the grids have, and what the training photos said of them. */
  recipe: { weights: PyramidWeights; choice: PyramidChoice } | null;
  /** That the vectors took, and what came after them: choosing the pyramid, and the set. */
  seconds: { vectors: number; set: number };
}

/** Training sets kept, each of which holds a copy of all its vectors: at 26,880 numbers, those of 5,000 photos. */
const SET_BYTES = 512 * 2 ** 20;

const GROUPINGS = 16;

/** Keeps the last training sets: a retrain with another learning rate prepares nothing anew. */
export class Preparation {
  private readonly sets = new LRUCache<string, TrainingSet>({ maxSize: SET_BYTES });

  private readonly chooser = new PyramidChooser();

  /** Near-duplicates among photos that were compared before, whatever their split. */
  private readonly groups = new LRUCache<string, Int32Array>({ max: GROUPINGS });

  constructor(private readonly vectors: VectorSource) {
    decodeRoom.clearForHuge(() => this.sets.clear());
  }

  /**
   * Split, vectors, training set.
   * @param compared how photos become the vectors that near-duplicates are found by: requests that differ in it alone have one split
   * @throws AnysizeError `BadArgument` where there is too little to train on, `Cancelled`
   */
  async prepare(
    request: TrainingRequest,
    onProgress: (progress: TrainingProgress) => void,
    control: RunControl,
    signal: AbortSignal,
    compared = request.vectors,
  ): Promise<Prepared> {
    const started = performance.now();
    const { samples } = request;
    const hooks = { onProgress, control, signal };
    const { groups, read } = await this.groupsOf(samples, compared, hooks);
    // Nothing is left to do for vectors that were just read for the groups: no second count from nought.
    const told = read && sidesNeedSame(request.vectors) && basisOf(compared) === basisOf(request.vectors);
    const { notices, gathered } = await this.gather(request, groups, told ? { ...hooks, onProgress: () => {} } : hooks);
    const train = gathered.photos.filter((photo) => photo.side === 'train');
    const validation = gathered.photos.filter((photo) => photo.side === 'val');
    checkClasses(request, train);
    const groupOf = new Map(samples.map((sample, i) => [sample.id, groups[i] as number]));
    const gatheredAt = performance.now();
    const recipe = await this.recipe(request, train, validation, onProgress, signal);
    const set = await this.trainingSet(request, train, validation, recipe?.weights ?? null);
    return {
      ...gathered,
      set,
      groups: train.flatMap((photo) => photo.vectors.map(() => groupOf.get(photo.sample.id) ?? 0)),
      notices: [...notices, ...unchecked(request, gathered.photos)],
      recipe,
      seconds: { vectors: (gatheredAt - started) / 1000, set: (performance.now() - gatheredAt) / 1000 },
    };
  }

  /** The vectors that a training by this request will need, kept for it: at its own pace, one photo at a time. */
  async ahead(request: TrainingRequest, hooks: PassHooks): Promise<void> {
    const { samples, vectors } = request;
    // Where the sides need the same, and the groups no more than that, which side a photo is on can wait.
    const all = sidesNeedSame(vectors) && featuresOf(vectors) !== 'paper';
    const groups = all ? new Int32Array(samples.length) : (await this.groupsOf(samples, vectors, hooks, true)).groups;
    await this.gather(request, groups, hooks, true);
  }

  private async gather(
    { samples, split, vectors: options }: TrainingRequest,
    groups: Int32Array,
    hooks: PassHooks,
    ahead = false,
  ): Promise<{ notices: string[]; gathered: Gathered }> {
    const { sides, notices } = splitSamples(
      samples.map((sample, i) => ({ ...sample, name: sample.image.name, group: groups[i] as number })),
      split.share,
      split.seed,
    );
    return { notices, gathered: await gatherVectors(this.vectors, samples, sides, options, hooks, { ahead }) };
  }

  /** Group of each sample: near-identical photos share one, and so stay on one side of the split. `read`: their vectors were read for it. */
  private async groupsOf(
    samples: readonly TrainingSample[],
    compared: VectorOptions,
    hooks: PassHooks,
    ahead = false,
  ): Promise<{ groups: Int32Array; read: boolean }> {
    const key = JSON.stringify([basisOf(compared), samples.map(({ hash }) => hash)]);
    const known = this.groups.get(key);
    if (known) return { groups: known, read: false };
    const likenesses = await gatherLikenesses(this.vectors, samples, compared, hooks, { ahead });
    const groups = nearDuplicateGroups(
      samples.map((sample) => sample.perceptual),
      { likenesses },
    );
    this.groups.set(key, groups);
    return { groups, read: true };
  }

  private async recipe(
    { vectors, classes }: TrainingRequest,
    train: readonly PhotoVectors[],
    validation: readonly PhotoVectors[],
    onProgress: (progress: TrainingProgress) => void,
    signal: AbortSignal,
  ): Promise<Prepared['recipe']> {
    if (featuresOf(vectors) === 'paper') return null;
    const { grids = 'auto' } = vectors;
    const choice = await this.chooser.choose(basisOf(vectors), train, validation, classes.length, onProgress, signal);
    return { weights: grids === 'auto' ? choice.candidates[choice.chosen]!.weights : grids, choice };
  }

  private async trainingSet(
    request: TrainingRequest,
    train: readonly PhotoVectors[],
    validation: readonly PhotoVectors[],
    weights: PyramidWeights | null,
  ): Promise<TrainingSet> {
    const views = train[0]?.vectors.length ?? 1;
    const key = JSON.stringify([
      request.vectors,
      weights,
      request.training.normalisation,
      request.classes.length,
      [train, validation].map((side) => side.map(({ sample }) => [sample.hash, sample.classIndex])),
    ]);
    const kept = this.sets.get(key);
    if (kept) return kept;
    const count = train.length * views + validation.length;
    // The last one is kept whatever its size, alone if need be.
    const size = Math.max(1, Math.min(SET_BYTES, count * (train[0]?.vectors[0]?.byteLength ?? 0)));
    // Earlier ones go before it is made, so that there is room for both.
    while (this.sets.calculatedSize + size > SET_BYTES) this.sets.pop();
    const rows = rowsOf(request, weights);
    const set = await TrainingSet.create({
      vectors: train.flatMap((photo) => photo.vectors.map(rows.row)),
      labels: train.flatMap((photo) => photo.vectors.map(() => photo.sample.classIndex)),
      classes: request.classes.length,
      normalisation: rows.normalisation,
      levelLengths: rows.levelLengths,
      factors: rows.factors,
      validation: {
        vectors: validation.map((photo) => rows.row(photo.vectors[0] as Float32Array)),
        labels: validation.map((photo) => photo.sample.classIndex),
      },
      // Sizes and augmented views take turns: an epoch sees each photo once (He et al. 2014, §2.3).
      turns: Array.from({ length: views }, (_, view) => Int32Array.from(train, (_, photo) => photo * views + view)),
    });
    if (weights && views === 1) this.chooser.giveGram(basisOf(request.vectors), set, train, validation, weights);
    this.sets.set(key, set, { size });
    return set;
  }
}

/** What the plain views of photos depend on, whatever is made of them. */
function basisOf(options: VectorOptions): string {
  return JSON.stringify([vectorKind(options), options.policy, options.trainSides?.[0] ?? null]);
}

/** How a kept vector becomes a row to train on. */
function rowsOf({ vectors, training }: TrainingRequest, weights: PyramidWeights | null) {
  if (!weights) {
    return {
      row: (vector: Float32Array) => vector,
      normalisation: training.normalisation,
      levelLengths: levelLengths(vectors.pyramid.levels, CHANNELS),
      factors: undefined,
    };
  }
  const { normalisation } = anysizeFacts(weights, [1]);
  const blocks = blocksOf(weights);
  const parts = { normalisation, levelLengths: blocks.map(({ length }) => length) };
  // The blocks stand behind each other as they are packed, unless a finer grid has weight and the coarser has none.
  if (weights.four > 0 && !(weights.two > 0)) {
    return { ...parts, row: (packed: Float32Array) => vectorOfPacked(packed, weights), factors: undefined };
  }
  const length = recipeLength(weights);
  return {
    ...parts,
    row: (packed: Float32Array) => packed.subarray(0, length),
    factors: blocks.map(({ weight }) => Math.sqrt(weight)),
  };
}

/** Sentences on classes that are learned but never checked. */
export function unchecked({ classes, split }: TrainingRequest, photos: readonly PhotoVectors[]): string[] {
  if (split.share === 0) return [];
  const names = classes.filter((_, index) => {
    const own = photos.filter(({ sample }) => sample.classIndex === index);
    return own.some(({ side }) => side === 'train') && !own.some(({ side }) => side === 'val');
  });
  if (names.length === 0) return [];
  const list = names.map((name) => `“${name}”`).join(', ');
  return [
    `No validation photo of ${list}: how well ${names.length === 1 ? 'it is' : 'they are'} told apart is not known. ` +
      'A class needs two photos that are not nearly identical.',
  ];
}

function checkClasses({ classes }: TrainingRequest, train: readonly PhotoVectors[]): void {
  if (classes.length < 2) throw new AnysizeError('BadArgument', 'Training needs at least two classes.');
  classes.forEach((name, index) => {
    if (!train.some(({ sample }) => sample.classIndex === index)) {
      throw new AnysizeError(
        'BadArgument',
        `The class "${name}" has no readable photo to train on. Add photos to it or remove it.`,
      );
    }
  });
}
