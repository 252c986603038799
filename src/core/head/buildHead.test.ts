import { expect, it } from 'vitest';
import type { HeadData, Normalisation } from '../model.ts';
import { applyHead, buildHead, foldCentring, headNormaliser } from './buildHead.ts';
import { relativeDifference } from '../training/fixtures.ts';
import { fitNormaliser, levelLengths, normalise } from './normalise.ts';
import { createRandom } from '../random.ts';

const random = createRandom(4);
const values = (length: number, low = 0) => Float32Array.from({ length }, () => random.uniform(low, 1));
const vectors = Array.from({ length: 6 }, () => values(15));

function headWith(normalisation: Normalisation): HeadData {
  const normaliser = fitNormaliser(vectors, normalisation, levelLengths([2, 1], 3));
  const facts = {
    id: 'h',
    name: 'test',
    classes: ['a', 'b'],
    pyramid: { levels: [2, 1], rule: 'adaptive', pooling: 'max' },
    policy: { kind: 'area', side: 300 },
    channels: 3,
  } as const;
  return buildHead(
    { ...facts, classes: [...facts.classes], pyramid: { ...facts.pyramid, levels: [2, 1] } },
    normaliser,
    {
      weights: values(30, -1),
      bias: values(2, -1),
    },
  );
}

it('gives W·n + bias of the normalised vector', () => {
  const head = headWith({ sqrt: true, l2: 'level', centre: true });
  const { logits, normalised } = applyHead(head, vectors[0]!);
  expect(normalised).toEqual(normalise(vectors[0]!, headNormaliser(head)));
  for (const k of [0, 1]) {
    const sum = normalised.reduce((total, n, d) => total + n * head.weights[k * 15 + d]!, head.bias[k]!);
    expect(logits[k]).toBeCloseTo(sum, 5);
  }
});

it.each([
  { sqrt: false, l2: 'vector', centre: true },
  { sqrt: true, l2: 'level', centre: true },
  { sqrt: false, l2: 'none', centre: false },
] as const)('folds centring into the layer with the same logits: %o', (normalisation) => {
  const head = headWith(normalisation);
  const { weights, bias } = foldCentring(head);
  for (const vector of vectors) {
    const unit = normalise(vector, { ...headNormaliser(head), mean: null });
    const folded = Float64Array.from(bias, (b, k) => unit.reduce((sum, u, d) => sum + u * weights[k * 15 + d]!, b));
    expect(relativeDifference(folded, applyHead(head, vector).logits)).toBeLessThan(1e-5);
  }
});

it('folds L2 up to one number per vector: on the raw vector, logits are (W/scale)·v/‖v‖ + bias', () => {
  const head = headWith({ sqrt: false, l2: 'vector', centre: true });
  const { weights, bias } = foldCentring(head);
  const vector = vectors[1]!;
  const norm = Math.hypot(...vector);
  const logits = Float64Array.from(
    bias,
    (b, k) => b + vector.reduce((sum, v, d) => sum + v * weights[k * 15 + d]!, 0) / norm,
  );
  expect(relativeDifference(logits, applyHead(head, vector).logits)).toBeLessThan(1e-5);
});

it('refuses a vector of another pyramid, and a head that does not fit its own', () => {
  const head = headWith({ sqrt: false, l2: 'vector', centre: true });
  expect(() => applyHead(head, new Float32Array(14))).toThrow(/takes vectors of 15 numbers; this one has 14/);
  expect(() => buildHead({ ...head, classes: ['a', 'b', 'c'] }, headNormaliser(head), head)).toThrow(
    /30 weights where 3 classes/,
  );
});
