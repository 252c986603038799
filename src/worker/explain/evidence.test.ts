import { expect, it } from 'vitest';
import { applyHead } from '../../core/head/buildHead.ts';
import { createRandom } from '../../core/random.ts';
import { binEvidence } from './evidence.ts';
import { randomHead } from './fixtures.ts';

const random = createRandom(2);
const pyramid = { levels: [4, 2, 1], rule: 'adaptive', pooling: 'max' } as const;
const options = { ...pyramid, levels: [...pyramid.levels] };

it.each([
  { sqrt: false, l2: 'vector', centre: true },
  { sqrt: true, l2: 'level', centre: true },
  { sqrt: false, l2: 'none', centre: false },
] as const)('sums, with the bias, to the logit: %o', (normalisation) => {
  const head = randomHead(random, 3, 20, options, normalisation);
  const vector = Float32Array.from({ length: 21 * 20 }, () => random.uniform(0, 6));
  const { logits } = applyHead(head, vector);
  for (let k = 0; k < 3; k++) {
    const evidence = binEvidence(head, vector, k);
    expect(evidence).toHaveLength(21);
    expect(evidence.reduce((sum, value) => sum + value, head.bias[k]!)).toBeCloseTo(logits[k]!, 3);
  }
});

it('gives a bin what its own channels say', () => {
  const head = randomHead(random, 2, 3, options, { sqrt: false, l2: 'none', centre: false });
  const vector = new Float32Array(63);
  vector.set([1, 2, 3], 5 * 3);
  const evidence = binEvidence(head, vector, 1);
  const [a, b, c] = head.weights.subarray(63 + 15, 63 + 18);
  expect(evidence[5]).toBeCloseTo(a! + 2 * b! + 3 * c!, 5);
  expect([...evidence].filter((value) => value !== 0)).toHaveLength(1);
});

it('refuses a class or vector the head does not have', () => {
  const head = randomHead(random, 2, 3, options, { sqrt: false, l2: 'vector', centre: true });
  expect(() => binEvidence(head, new Float32Array(63), 2)).toThrow(/classes 0 to 1; got 2/);
  expect(() => binEvidence(head, new Float32Array(60), 0)).toThrow(/vectors of 63 numbers; this one has 60/);
});
