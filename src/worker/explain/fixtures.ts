import type { HeadData, Normalisation, PyramidOptions } from '../../core/model.ts';
import { buildHead } from '../../core/head/buildHead.ts';
import { fitNormaliser, levelLengths } from '../../core/head/normalise.ts';
import type { Random } from '../../core/random.ts';

/** For tests: a head with random weights and a normalisation fitted on random vectors. */
export function randomHead(
  random: Random,
  classes: number,
  channels: number,
  pyramid: PyramidOptions,
  normalisation: Normalisation,
): HeadData {
  const lengths = levelLengths(pyramid.levels, channels);
  const length = lengths.reduce((sum, part) => sum + part, 0);
  const values = (count: number, low: number, high: number) =>
    Float32Array.from({ length: count }, () => random.uniform(low, high));
  const normaliser = fitNormaliser(
    [values(length, 0, 6), values(length, 0, 6), values(length, 0, 6)],
    normalisation,
    lengths,
  );
  const facts = { id: 'head', name: 'head', classes: Array.from({ length: classes }, (_, k) => `class ${k}`) };
  return buildHead({ ...facts, pyramid, policy: { kind: 'area', side: 300 }, channels }, normaliser, {
    weights: values(classes * length, -1, 1),
    bias: values(classes, -1, 1),
  });
}

/** For tests: a feature map with ReLU6's values, many of them exactly 0 or 6. */
export function randomMap(random: Random, height: number, width: number, channels: number): Float32Array {
  return Float32Array.from({ length: height * width * channels }, () =>
    Math.min(6, Math.max(0, random.normal() * 4 + 1)),
  );
}
