import type { ClassMetrics } from '../../../core/find/model.ts';

type Point = ClassMetrics['curve'][number];

/** The point of a precision–recall curve (best score first) from a threshold on; null where no find reaches it. */
export function recallAt(curve: readonly Point[], threshold: number): Point | null {
  return curve.findLast(({ score }) => score >= threshold) ?? null;
}
