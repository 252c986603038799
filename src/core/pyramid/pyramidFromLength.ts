import { binCount, MAX_LEVEL } from './geometry.ts';

/** Pyramids whose lengths are taken at their word: those of the SPP-net paper and its PyTorch ports. */
const WELL_KNOWN: readonly (readonly number[])[] = [
  [4, 2, 1],
  [6, 3, 2, 1],
];

/**
 * The pyramids that give vectors of `length` numbers over `channels` channels, finest level first: all sets of distinct
 * levels whose squares sum to the number of bins. 21 and 50 bins stand for [4,2,1] and [6,3,2,1], the usual ones.
 */
export function pyramidsOfLength(length: number, channels: number): number[][] {
  const bins = length / channels;
  if (!Number.isInteger(bins) || bins < 1) return [];
  const known = WELL_KNOWN.find((levels) => binCount(levels) === bins);
  return known ? [[...known]] : levelSets(bins, MAX_LEVEL);
}

function levelSets(bins: number, finest: number): number[][] {
  if (bins === 0) return [[]];
  const sets: number[][] = [];
  for (let n = Math.min(finest, Math.floor(Math.sqrt(bins))); n >= 1; n--) {
    // Levels below n give at most the sum of their squares; no set can be filled up from there.
    if (((n - 1) * n * (2 * n - 1)) / 6 < bins - n * n) break;
    for (const rest of levelSets(bins - n * n, n - 1)) sets.push([n, ...rest]);
  }
  return sets;
}
