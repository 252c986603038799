import { createRandom } from '../random.ts';

/** For tests: vectors ≥ 0 around one centre per class, class i mod K. */
export function clusteredVectors(count: number, length: number, classes: number, seed: number, spread = 1) {
  const random = createRandom(seed);
  const centres = Array.from({ length: classes }, () => Float32Array.from({ length }, () => random.next()));
  const labels = Int32Array.from({ length: count }, (_, i) => i % classes);
  const vectors = Array.from(labels, (label) =>
    Float32Array.from({ length }, (_, d) => Math.max(0, centres[label]![d]! + spread * (random.next() - 0.5))),
  );
  return { vectors, labels };
}

/** Largest |a − b| over the largest |b|. */
export function relativeDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let difference = 0;
  let size = 0;
  for (let i = 0; i < b.length; i++) {
    difference = Math.max(difference, Math.abs(a[i]! - b[i]!));
    size = Math.max(size, Math.abs(b[i]!));
  }
  return difference / size;
}
