import type { ClassMetrics } from '../../../core/find/model.ts';

type Point = ClassMetrics['curve'][number];

/** The point of a precision–recall curve (best score first) from a threshold on; null where no find reaches it. */
export function recallAt(curve: readonly Point[], threshold: number): Point | null {
  return curve.findLast(({ score }) => score >= threshold) ?? null;
}

/** The best precision at each recall or beyond: the curve whose area is the average precision. Ascending in recall, from 0. */
export function envelopeOf(curve: readonly Point[]): { x: number; y: number }[] {
  const points = new Map<number, number>();
  let best = 0;
  for (const { recall, precision } of curve.toReversed()) {
    best = Math.max(best, precision);
    if (recall > 0) points.set(recall, best);
  }
  if (points.size === 0) return [];
  return [{ x: 0, y: best }, ...[...points].map(([x, y]) => ({ x, y })).reverse()];
}
