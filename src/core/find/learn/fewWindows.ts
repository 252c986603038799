/** Windows that a hundred photos of one thing each give to box regression. */
const MANY = 1300;

/**
 * How few windows there are to learn from: their share of what a hundred photos of one thing each give, at most 1. A sum of squares grows with its
 * windows and a penalty λ‖w‖² does not: times this share, λ weighs as much against few windows as against many.
 */
export function fewWindows(count: number): number {
  return Math.min(1, Math.max(1, count) / MANY);
}
