import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** A seeded stream of random numbers: the same seed gives the same numbers on every machine. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform in [low, high). */
  uniform(low: number, high: number): number;
  /** Uniform whole number in 0 … `count` − 1. */
  integer(count: number): number;
  /** True with probability `p`. */
  chance(p: number): boolean;
  /** Standard normal (Box & Muller 1958). */
  normal(): number;
  /** Puts `items` in random order, in place (Fisher–Yates). */
  shuffle<T extends { length: number; [index: number]: unknown }>(items: T): T;
}

/** A {@link Random} from a 32-bit seed (xoroshiro128+, Blackman & Vigna). */
export function createRandom(seed: number): Random {
  // Seeds in use are neighbours (0, 1, 2, …): mixing first keeps their streams unlike from the first number on.
  const generator = xoroshiro128plus(mix(seed | 0));
  const next = () => uniformFloat64(generator);
  const integer = (count: number) => uniformInt(generator, 0, count - 1);
  return {
    next,
    integer,
    uniform: (low, high) => low + (high - low) * next(),
    chance: (p) => next() < p,
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    shuffle: (items) => {
      for (let i = items.length - 1; i > 0; i--) {
        const j = integer(i + 1);
        const kept = items[i];
        items[i] = items[j];
        items[j] = kept;
      }
      return items;
    },
  };
}

/** Unsigned 32-bit hash of a text: FNV-1a over its UTF-16 units, then MurmurHash3's finaliser. */
export function hash32(text: string, seed = 0): number {
  let h = 0x811c9dc5 ^ mix(seed | 0);
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return mix(h) >>> 0;
}

/** MurmurHash3's 32-bit finaliser. */
function mix(value: number): number {
  let h = value;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
