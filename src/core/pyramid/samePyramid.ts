import type { Pooling, Rule } from './geometry.ts';

interface Pyramid {
  levels: readonly number[];
  rule: Rule;
  pooling: Pooling;
}

/** True where two pyramids give the same vector: the same levels in the same order, the same rule and pooling. */
export function samePyramid(a: Pyramid, b: Pyramid): boolean {
  return a.rule === b.rule && a.pooling === b.pooling && a.levels.join() === b.levels.join();
}
