/** Where the median of what these are drawn from is with 95 % certainty, by their order alone (sign test): whatever the noise looks like. */
export function medianRange(values: readonly number[]): { low: number; high: number } {
  const sorted = values.toSorted((a, b) => a - b);
  const off = Math.ceil(0.98 * Math.sqrt(sorted.length));
  const middle = sorted.length / 2;
  const at = (i: number) => sorted[Math.min(sorted.length - 1, Math.max(0, i))] ?? Number.NaN;
  return { low: at(Math.floor(middle - off)), high: at(Math.ceil(middle + off) - 1) };
}
