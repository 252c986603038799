import { levelOffsets } from '../../../core/pyramid/geometry.ts';

/** Where a key leads from bin `index` of a pyramid, in flatten order; null for keys that do not move. */
export function moveBin(key: string, index: number, levels: readonly number[]): number | null {
  const offsets = levelOffsets(levels);
  const level = levels.findIndex((_, i) => index < (offsets[i + 1] ?? 0));
  const n = levels[level];
  const first = offsets[level];
  if (n === undefined || first === undefined) return null;
  const row = Math.floor((index - first) / n);
  const column = (index - first) % n;

  /** The bin of another level at the same height, in its first or last column. */
  const across = (to: number, end: 'first' | 'last'): number => {
    const m = levels[to];
    const start = offsets[to];
    if (m === undefined || start === undefined) return index;
    const line = Math.min(m - 1, Math.floor(((row + 0.5) / n) * m));
    return start + line * m + (end === 'first' ? 0 : m - 1);
  };

  switch (key) {
    case 'ArrowRight':
      return column < n - 1 ? index + 1 : across(level + 1, 'first');
    case 'ArrowLeft':
      return column > 0 ? index - 1 : across(level - 1, 'last');
    case 'ArrowDown':
      return row < n - 1 ? index + n : index;
    case 'ArrowUp':
      return row > 0 ? index - n : index;
    case 'Home':
      return first;
    case 'End':
      return first + n * n - 1;
    case 'PageDown':
      return across(level + 1, 'first');
    case 'PageUp':
      return across(level - 1, 'first');
    default:
      return null;
  }
}
