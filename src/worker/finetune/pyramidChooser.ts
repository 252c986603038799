import { LRUCache } from 'lru-cache';
import {
  type BlockKernels,
  blockKernels,
  chooseOnKernels,
  choosePyramid,
  kernelOf,
  MOST_CHOOSING,
  partOfKernels,
  type PyramidChoice,
} from '../../core/recipe/choosePyramid.ts';
import { unpackPhoto } from '../../core/recipe/packedPhoto.ts';
import type { PyramidWeights } from '../../core/recipe/recipe.ts';
import { gramOfKernel } from '../../core/training/kernelGram.ts';
import type { TrainingProgress } from '../../core/training/model.ts';
import type { TrainingSet } from '../../core/training/trainingVectors.ts';
import { decodeRoom } from '../path/pixels/decode.ts';
import type { PhotoVectors } from './gatherVectors.ts';

/** Products of the blocks of up to 600 photos are at most 6 MB. */
const KERNEL_SETS = 4;
const CHOICES = 32;

/** Products of the plain views of some photos; `place` tells where a photo stands. */
interface PhotoKernels {
  count: number;
  place: ReadonlyMap<string, number>;
  kernels: BlockKernels;
}

/**
 * What the photos at hand say of the pyramid. The inner products of all photos are kept, so that another split, another candidate and the exact
 * solver compute none anew.
 */
export class PyramidChooser {
  private readonly kernels = new LRUCache<string, PhotoKernels>({ max: KERNEL_SETS });
  private readonly choices = new LRUCache<string, PyramidChoice>({ max: CHOICES });

  constructor() {
    decodeRoom.clearForHuge(() => this.kernels.clear());
  }

  /**
   * @param basis names how the photos became vectors
   * @param train photos to choose on, by their plain views
   * @param others photos whose products with them will be wanted too
   */
  async choose(
    basis: string,
    train: readonly PhotoVectors[],
    others: readonly PhotoVectors[],
    classes: number,
    onProgress: (progress: TrainingProgress) => void,
    signal: AbortSignal,
  ): Promise<PyramidChoice> {
    const key = JSON.stringify([basis, classes, train.map(({ sample }) => [sample.hash, sample.classIndex])]);
    const known = this.choices.get(key);
    if (known) return known;
    const labels = train.map(({ sample }) => sample.classIndex);
    const told = (what: string) => (fraction: number) => onProgress({ phase: 'solving', what, fraction });
    const all = await this.kernelsOf(basis, [...train, ...others], told('Comparing the photos'), signal);
    const choice = all
      ? await chooseOnKernels(
          partOf(all, train, train),
          labels,
          classes,
          told('Choosing how strong the pyramid is'),
          signal,
        )
      : await choosePyramid(
          train.map(({ vectors }) => unpackPhoto(vectors[0] ?? new Float32Array())),
          labels,
          classes,
          told('Choosing how strong the pyramid is'),
          signal,
        );
    this.choices.set(key, choice);
    return choice;
  }

  /** Gives a training set of plain views its Gram matrix, where the products are at hand. */
  giveGram(
    basis: string,
    set: TrainingSet,
    train: readonly PhotoVectors[],
    validation: readonly PhotoVectors[],
    weights: PyramidWeights,
  ): void {
    const all = this.kernels.get(keyOf(basis, [...train, ...validation]));
    if (!all) return;
    const across = validation.length > 0 ? kernelOf(partOf(all, validation, train), weights) : null;
    set.useGram(gramOfKernel(kernelOf(partOf(all, train, train), weights), across, train.length, set.normaliser.scale));
  }

  /** Null where there are too many photos. */
  private async kernelsOf(
    basis: string,
    photos: readonly PhotoVectors[],
    onProgress: (fraction: number) => void,
    signal: AbortSignal,
  ): Promise<PhotoKernels | null> {
    if (photos.length > MOST_CHOOSING) return null;
    const key = keyOf(basis, photos);
    const known = this.kernels.get(key);
    if (known) return known;
    const kernels = await blockKernels(
      photos.map(({ vectors }) => unpackPhoto(vectors[0] ?? new Float32Array())),
      onProgress,
      signal,
    );
    const place = new Map(photos.map(({ sample }, i) => [sample.id, i]));
    const found = { count: photos.length, place, kernels };
    this.kernels.set(key, found);
    return found;
  }
}

/** The same for the same photos, however they are split. */
function keyOf(basis: string, photos: readonly PhotoVectors[]): string {
  return JSON.stringify([basis, photos.map(({ sample }) => [sample.id, sample.hash]).toSorted(byId)]);
}

function byId([a = '']: string[], [b = '']: string[]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function partOf(
  { kernels, count, place }: PhotoKernels,
  rows: readonly PhotoVectors[],
  columns: readonly PhotoVectors[],
): BlockKernels {
  const places = (photos: readonly PhotoVectors[]) => photos.map(({ sample }) => place.get(sample.id) ?? 0);
  return partOfKernels(kernels, count, places(rows), places(columns));
}
