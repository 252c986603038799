import { AnysizeError } from '../errors.ts';
import { hash32 } from '../random.ts';
import { UnionFind } from './nearDuplicates.ts';

export type Side = 'train' | 'val' | 'test';

/** What the split needs to know of a labelled image. */
export interface SplitSample {
  id: string;
  /** For notices; the id when absent. */
  name?: string;
  classIndex: number;
  /** Hash of the file's content: equal for byte-identical files. */
  hash: string;
  /** Near-duplicates (frames of one burst) share a group; any text or number. */
  group?: string | number;
  /** Side marked by the user (a folder named train, val or test); wins over the split. */
  holdout?: Side;
}

export interface Split {
  /** Side of each sample, in the order given. */
  sides: Side[];
  /** Sentences for the person: hold-outs that could not be honoured as marked. */
  notices: string[];
}

interface Cluster {
  key: number;
  tie: string;
  members: number[];
  side: Side | null;
}

const SIDES: readonly Side[] = ['train', 'val', 'test'];

/**
 * Splits labelled images into train and validation.
 *
 * Byte-identical and near-identical images form one cluster, and a cluster is always on one side. Every cluster has a key
 * in 0…2³²−1 that depends on the seed and its members' content alone (the smallest hash of (seed, content)). Clusters are
 * taken in ascending order of key; one goes to validation when that brings some class of its members nearer to its quota,
 * round(share · images of the class), and no class further from its own. So the outcome does not depend on the order or names of the
 * files, every class has its share, and an added photo moves at most one other cluster of its class: it either pushes the
 * last one out of validation, or raises the quota by one.
 *
 * A class with two or more clusters has at least one on each side. Where the user marked a side it wins, and marked images
 * count towards the quota; a cluster marked twice goes to test before val before train, and the notice says so.
 * @param share of each class for validation, 0 ≤ share < 1
 * @throws AnysizeError `BadArgument` for a share out of range
 */
export function splitSamples(samples: readonly SplitSample[], share: number, seed: number): Split {
  if (!(share >= 0 && share < 1))
    throw new AnysizeError('BadArgument', `the validation share is at least 0 and below 1; got ${share}`);
  const notices: string[] = [];
  const clusters = makeClusters(samples, seed);
  for (const cluster of clusters) cluster.side = markedSide(cluster, samples, notices);

  const counts = new Map<number, ClassCount>();
  for (const cluster of clusters) {
    for (const [classIndex, images] of imagesPerClass(cluster, samples)) {
      const count = counts.get(classIndex) ?? { images: 0, val: 0, free: 0, train: false, quota: 0 };
      counts.set(classIndex, count);
      count.images += images;
      if (cluster.side === null) count.free++;
      if (cluster.side === 'val') count.val += images;
      if (cluster.side === 'train') count.train = true;
      if (cluster.side === 'test') count.images -= images;
    }
  }
  for (const count of counts.values()) count.quota = share > 0 ? Math.max(1, Math.round(share * count.images)) : 0;

  for (const cluster of clusters) {
    if (cluster.side !== null) continue;
    const perClass = [...imagesPerClass(cluster, samples)].map(([classIndex, images]) => ({
      images,
      count: counts.get(classIndex)!,
    }));
    // The last cluster of a class that has nothing to train on yet must train; a class without validation takes its first.
    const mustTrain = perClass.some(({ count }) => !count.train && count.free === 1);
    const nearer =
      perClass.some(({ images, count }) => gain(count, images) > 0) &&
      perClass.every(({ images, count }) => gain(count, images) >= 0);
    const first = perClass.some(
      ({ images, count }) => count.val === 0 && count.quota > 0 && isLastChance(count, images),
    );
    cluster.side = !mustTrain && (nearer || first) ? 'val' : 'train';
    for (const { images, count } of perClass) {
      count.free--;
      if (cluster.side === 'val') count.val += images;
      else count.train = true;
    }
  }

  const sides = Array.from(samples, (): Side => 'train');
  for (const cluster of clusters) for (const member of cluster.members) sides[member] = cluster.side ?? 'train';
  return { sides, notices };
}

interface ClassCount {
  /** Images for train and val together. */
  images: number;
  val: number;
  /** Clusters still without a side. */
  free: number;
  train: boolean;
  quota: number;
}

/** How much nearer to its quota a class comes with `images` more in validation; negative when further. */
function gain(count: ClassCount, images: number): number {
  return Math.abs(count.quota - count.val) - Math.abs(count.quota - count.val - images);
}

/** Whether a class without validation must take this cluster: its last one, or the smaller of its last two. */
function isLastChance(count: ClassCount, images: number): boolean {
  return count.train ? count.free === 1 : count.free === 2 && images <= count.images / 2;
}

function imagesPerClass(cluster: Cluster, samples: readonly SplitSample[]): Map<number, number> {
  const images = new Map<number, number>();
  for (const member of cluster.members) {
    const { classIndex } = samples[member]!;
    images.set(classIndex, (images.get(classIndex) ?? 0) + 1);
  }
  return images;
}

/** Clusters of identical hash or equal group, in ascending order of key. */
function makeClusters(samples: readonly SplitSample[], seed: number): Cluster[] {
  const sets = new UnionFind(samples.length);
  const seen = new Map<string, number>();
  samples.forEach((sample, i) => {
    const names = [`hash ${sample.hash}`];
    if (sample.group !== undefined) names.push(`group ${sample.group}`);
    for (const name of names) {
      const other = seen.get(name);
      if (other === undefined) seen.set(name, i);
      else sets.union(other, i);
    }
  });
  const clusters = new Map<number, Cluster>();
  samples.forEach((sample, i) => {
    const root = sets.find(i);
    const key = hash32(sample.hash, seed);
    const cluster = clusters.get(root);
    if (!cluster) clusters.set(root, { key, tie: sample.hash, members: [i], side: null });
    else {
      cluster.members.push(i);
      if (key < cluster.key || (key === cluster.key && sample.hash < cluster.tie))
        [cluster.key, cluster.tie] = [key, sample.hash];
    }
  });
  return [...clusters.values()].sort((a, b) => a.key - b.key || (a.tie < b.tie ? -1 : 1));
}

function markedSide(cluster: Cluster, samples: readonly SplitSample[], notices: string[]): Side | null {
  const marked = SIDES.filter((side) => cluster.members.some((member) => samples[member]!.holdout === side));
  const side = marked.at(-1) ?? null;
  if (marked.length > 1) {
    const count = cluster.members.length;
    const { id, name = id } = samples[cluster.members[0]!]!;
    notices.push(
      `${count} identical or near-identical photos (${name}, …) are marked ${marked.join(' and ')}: ` +
        `all ${count} are used for ${side === 'test' ? 'testing' : 'validation'} only`,
    );
  }
  return side;
}
