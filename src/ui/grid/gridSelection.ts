/** Where a key leads from place `at` in a grid of `count` things in `columns` columns; null for keys that do not move. */
export function moveInGrid(key: string, at: number, columns: number, count: number): number | null {
  const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns };
  const step = Object.hasOwn(steps, key) ? steps[key] : undefined;
  if (step !== undefined) {
    const to = at + step;
    return to < 0 || to >= count ? at : to;
  }
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  if (key === 'PageUp') return Math.max(0, at - columns * 4);
  if (key === 'PageDown') return Math.min(count - 1, at + columns * 4);
  return null;
}

/**
 * What is selected after a click or a key at place `to`: it alone, or the range from `anchor`, or the old selection with it
 * switched.
 */
export function selectedAfter(
  ids: readonly string[],
  before: ReadonlySet<string>,
  anchor: number,
  to: number,
  { range, toggle }: { range: boolean; toggle: boolean },
): ReadonlySet<string> {
  const id = ids[to];
  if (id === undefined) return before;
  if (range) {
    const among = ids.slice(Math.min(anchor, to), Math.max(anchor, to) + 1);
    return new Set(toggle ? [...before, ...among] : among);
  }
  if (!toggle) return new Set([id]);
  const after = new Set(before);
  if (!after.delete(id)) after.add(id);
  return after;
}
