import { breather } from '../core/tasks/breather.ts';
import { sortInSlices } from '../core/tasks/sortInSlices.ts';
import { type BatchRow, rowLabel } from '../core/batchModel.ts';

export type BatchSortKey = 'arrival' | 'name' | 'class' | 'score' | 'size' | 'time';

export interface BatchSort {
  by: BatchSortKey;
  descending: boolean;
}

/** Which results are shown. */
export interface BatchFilter {
  show: 'all' | 'failed' | 'unknown' | { label: string };
  /** Range of the best score, 0…1, both ends in it. A photo without a score is outside every range but the whole one. */
  min: number;
  max: number;
  /** Part of the path, upper and lower case alike. */
  text: string;
}

export const EVERYTHING: BatchFilter = { show: 'all', min: 0, max: 1, text: '' };

const naturalKeys = new WeakMap<BatchRow, string>();

/** A path as a person sorts it, in a form that plain string comparison sorts: "IMG_9" before "img_10". A collator would take ten times as long. */
function naturalKey(row: BatchRow): string {
  let key = naturalKeys.get(row);
  if (key === undefined) {
    const plain = row.path.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
    key = plain.replace(/\d+/g, (digits) => digits.padStart(16, '0'));
    naturalKeys.set(row, key);
  }
  return key;
}

/** What a row is sorted by; null has no place and goes last in either direction. */
function sortValue(row: BatchRow, by: BatchSortKey): string | number | null {
  if (by === 'name') return naturalKey(row);
  if (row.status === 'failed') return null;
  if (by === 'class') return rowLabel(row)?.toLowerCase() ?? null;
  if (by === 'score') return row.top[0]?.score ?? null;
  return by === 'size' ? row.width * row.height : row.milliseconds;
}

/** A row with what it is sorted by: worked out once, not at each of a hundred thousand comparisons. */
interface SortedRow {
  row: BatchRow;
  value: string | number | null;
}

/**
 * A function that sorts rows, equal ones in the order in which they came. It remembers what it sorted last: where rows have only been added
 * since, they are merged in and not all sorted again.
 */
export function rowSorter(): (rows: readonly BatchRow[], sort: BatchSort) => readonly BatchRow[] {
  let before: { rows: readonly BatchRow[]; sort: BatchSort; sorted: readonly SortedRow[] } | null = null;
  return (rows, sort) => {
    if (sort.by === 'arrival') return rows;
    const grown =
      before?.sort === sort &&
      before.rows.length <= rows.length &&
      before.rows[0] === rows[0] &&
      before.rows.at(-1) === rows[before.rows.length - 1];
    const old = before && grown ? before.sorted : [];
    const added = rows.slice(old.length).map((row) => ({ row, value: sortValue(row, sort.by) }));
    // A sorted run with a few more at its end is what the browser's merge sort takes in one pass.
    const sorted = [...old, ...added].sort(rowOrder(sort.descending));
    before = { rows, sort, sorted };
    return sorted.map(({ row }) => row);
  };
}

function rowOrder(descending: boolean): (a: SortedRow, b: SortedRow) => number {
  const sign = descending ? -1 : 1;
  return ({ value: x }, { value: y }) => {
    if (x === y) return 0;
    if (x === null) return 1;
    if (y === null) return -1;
    return x < y ? -sign : sign;
  };
}

/** Rows by name, sorted without holding the page up. */
export async function sortedByName(rows: readonly BatchRow[]): Promise<readonly BatchRow[]> {
  const breathe = breather();
  const keyed: SortedRow[] = [];
  for (const row of rows) {
    keyed.push({ row, value: naturalKey(row) });
    await breathe();
  }
  const sorted = await sortInSlices(keyed, rowOrder(false));
  return sorted.map(({ row }) => row);
}

export function filterRows(rows: readonly BatchRow[], filter: BatchFilter): readonly BatchRow[] {
  const { show, min, max } = filter;
  const text = filter.text.trim().toLowerCase();
  const ranged = min > 0 || max < 1;
  if (show === 'all' && !ranged && text === '') return rows;
  return rows.filter((row) => {
    const best = row.top[0];
    if (show === 'failed' && row.status !== 'failed') return false;
    if (show === 'unknown' && !row.unknown) return false;
    if (typeof show === 'object' && rowLabel(row) !== show.label) return false;
    if (ranged && !(best && best.score >= min && best.score <= max)) return false;
    return text === '' || row.path.toLowerCase().includes(text);
  });
}

/** What the photos are shown as,, the most frequent first. */
export function countClasses(rows: readonly BatchRow[]): { label: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const label = rowLabel(row);
    if (label !== null) counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  const classes = [...counts].map(([label, count]) => ({ label, count }));
  return classes.sort((a, b) => b.count - a.count || (a.label < b.label ? -1 : 1));
}

/** Keys of the photos whose best score is below a confidence, 0…1. */
export function keysBelow(rows: readonly BatchRow[], confidence: number): string[] {
  return rows.filter(({ top }) => top[0] !== undefined && top[0].score < confidence).map(({ key }) => key);
}
