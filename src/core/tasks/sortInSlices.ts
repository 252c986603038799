import { breather } from './breather.ts';

type Compare<T> = (a: T, b: T) => number;

/** Sorted in one go: some two thousand comparisons. */
const RUN = 250;

/** The items sorted, equal ones in their order, without holding the page up: short runs first, then two of them merged at a time. */
export async function sortInSlices<T>(items: readonly T[], compare: Compare<T>): Promise<T[]> {
  const breathe = breather();
  let runs: T[][] = [];
  for (let from = 0; from < items.length; from += RUN) {
    runs.push(items.slice(from, from + RUN).sort(compare));
    await breathe();
  }
  while (runs.length > 1) {
    const merged: T[][] = [];
    for (let i = 0; i < runs.length; i += 2)
      merged.push(await merge(runs[i] ?? [], runs[i + 1] ?? [], compare, breathe));
    runs = merged;
  }
  return runs[0] ?? [];
}

async function merge<T>(
  a: readonly T[],
  b: readonly T[],
  compare: Compare<T>,
  breathe: ReturnType<typeof breather>,
): Promise<T[]> {
  const merged: T[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const [x, y] = [a[i] as T, b[j] as T];
    if (compare(x, y) <= 0) {
      merged.push(x);
      i++;
    } else {
      merged.push(y);
      j++;
    }
    const pause = breathe();
    if (pause) await pause;
  }
  return merged.concat(a.slice(i), b.slice(j));
}
