import { AnysizeError } from '../errors.ts';

/** Bits that may differ between two photos taken as frames of one burst, out of 64. */
export const NEAR_DUPLICATE_DISTANCE = 5;

/**
 * Where vectors have their say too: bits of the hash, and cosine of the whitened means at `area` 300. Measured on 60 flower photos and on 19,900
 * pairs of 200 different ones. Two frames shifted by 4 % of the width: cosine ≥ 0.83, hashes 13 bits apart (median; 26 at most; only 3 % within
 * 5); by 4 % both ways: ≥ 0.74, 16 bits; cropped by 3 % a side: ≥ 0.81, 7 bits; brightness × 1.25 or × 0.75: ≥ 0.71, 1 bit. Different photos, most
 * alike of one class: 0.68 at most, 0.66 within 28 bits; 64 scenes of the built-in example: 0.66 within 28 bits. So all 240 pairs of frames are
 * found (the hash alone finds 2, 0, 19 and 55 of 60), and none of the different ones.
 */
const LIKELY_DISTANCE = 28;
const LEAST_COSINE = 0.72;

/**
 * Difference hash (dHash): 64 bits, each telling whether a cell of a 9×8 grid of mean luminance is darker than its right
 * neighbour. Near-identical photos differ in few bits.
 * @param pixels [height, width, channels], RGB first; any range
 * @returns the 64 bits as two unsigned 32-bit words, rows top to bottom
 */
export function differenceHash(
  pixels: ArrayLike<number>,
  width: number,
  height: number,
  channels: number,
): [number, number] {
  const columns = 9;
  const rows = 8;
  const luminance = new Float64Array(columns * rows);
  for (let row = 0; row < rows; row++) {
    const top = Math.floor((row * height) / rows);
    const bottom = Math.max(top + 1, Math.floor(((row + 1) * height) / rows));
    for (let column = 0; column < columns; column++) {
      const left = Math.floor((column * width) / columns);
      const right = Math.max(left + 1, Math.floor(((column + 1) * width) / columns));
      let sum = 0;
      for (let y = top; y < bottom; y++) {
        for (let x = left; x < right; x++) {
          const i = (y * width + x) * channels;
          sum += channels < 3 ? pixels[i]! : 0.299 * pixels[i]! + 0.587 * pixels[i + 1]! + 0.114 * pixels[i + 2]!;
        }
      }
      luminance[row * columns + column] = sum / ((bottom - top) * (right - left));
    }
  }
  const words: [number, number] = [0, 0];
  for (let bit = 0; bit < 64; bit++) {
    const cell = (bit >> 3) * columns + (bit & 7);
    const darker = luminance[cell]! < luminance[cell + 1]! ? 1 : 0;
    const word = bit < 32 ? 0 : 1;
    words[word] = ((words[word] << 1) | darker) >>> 0;
  }
  return words;
}

/** Bits set in a 32-bit word. */
function bitCount(word: number): number {
  let n = word - ((word >>> 1) & 0x55555555);
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
  return Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Hamming distance of two 64-bit hashes given as two words each: 0…64. */
export function hammingDistance(a: readonly [number, number], b: readonly [number, number]): number {
  return bitCount(a[0] ^ b[0]) + bitCount(a[1] ^ b[1]);
}

/** Disjoint sets over 0…count−1 (Tarjan 1975); the root of a set is its smallest member. */
export class UnionFind {
  private readonly parent: Int32Array;

  constructor(count: number) {
    this.parent = Int32Array.from({ length: count }, (_, i) => i);
  }

  /** The smallest member of the set that `item` is in. */
  find(item: number): number {
    let root = item;
    while (this.parent[root] !== root) root = this.parent[root]!;
    for (let i = item; i !== root;) {
      const next = this.parent[i]!;
      this.parent[i] = root;
      i = next;
    }
    return root;
  }

  union(a: number, b: number): void {
    const [x, y] = [this.find(a), this.find(b)];
    this.parent[Math.max(x, y)] = Math.min(x, y);
  }
}

/**
 * A hash with fewer bits of its rarer kind tells next to nothing: plain colours, a small thing on white, a smooth gradient.
 * Such photos would all be alike.
 */
const LEAST_BITS = 6;

function isTelling([a, b]: readonly [number, number]): boolean {
  const ones = bitCount(a) + bitCount(b);
  return Math.min(ones, 64 - ones) >= LEAST_BITS;
}

const PART = 64;

/** Whether the cosine of two vectors of length 1 is {@link LEAST_COSINE} or more: |a − b|² = 2 − 2·cos, of which a part tells most that are not. */
function pointAlike(a: Float32Array, b: Float32Array): boolean {
  const most = 2 - 2 * LEAST_COSINE;
  let sum = 0;
  for (let start = 0; start < a.length && sum <= most; start += PART) {
    const end = Math.min(start + PART, a.length);
    for (let d = start; d < end; d++) sum += (a[d]! - b[d]!) ** 2;
  }
  return sum <= most;
}

export interface NearDuplicateOptions {
  /** Bits within which the hash alone decides. */
  distance?: number;
  /** Of each photo its whitened mean vector, of length 1; null where there is none. */
  likenesses?: readonly (Float32Array | null)[];
}

/**
 * Groups photos that are nearly the same picture, directly or through others between them: their perceptual hashes are within `distance` bits, or
 * within {@link LIKELY_DISTANCE} and the cosine of their vectors is {@link LEAST_COSINE} or more. A photo with too little in it for its hash to
 * tell stays alone.
 * @param hashes 64-bit hash of each photo (two words); null for a photo without one, which stays alone
 * @returns for each photo, the index of the first photo of its group
 */
export function nearDuplicateGroups(
  hashes: readonly (readonly [number, number] | null)[],
  { distance = NEAR_DUPLICATE_DISTANCE, likenesses = [] }: NearDuplicateOptions = {},
): Int32Array {
  if (!(distance >= 0 && distance <= 64)) {
    throw new AnysizeError('BadArgument', `near-duplicates differ in 0 to 64 bits; got ${distance}`);
  }
  const sets = new UnionFind(hashes.length);
  const telling = hashes.map((hash) => hash !== null && isTelling(hash));
  const alike = (i: number, j: number, bits: number): boolean => {
    if (bits <= distance) return true;
    const [a, b] = [likenesses[i], likenesses[j]];
    return bits <= LIKELY_DISTANCE && !!a && !!b && pointAlike(a, b);
  };
  for (let i = 0; i < hashes.length; i++) {
    const a = hashes[i];
    if (!a || !telling[i]) continue;
    for (let j = i + 1; j < hashes.length; j++) {
      const b = hashes[j];
      if (b && telling[j] && alike(i, j, hammingDistance(a, b))) sets.union(i, j);
    }
  }
  return Int32Array.from(hashes, (_, i) => sets.find(i));
}
