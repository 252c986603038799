import { describe, expect, it } from 'vitest';
import type { HeadData } from '../model.ts';
import { createRandom } from '../random.ts';
import { applyHead, buildHead, checkHead, headNormaliser, vectorLength } from './buildHead.ts';
import { anysizeFacts, headBlocks, headFeatures } from './headFeatures.ts';

const random = createRandom(2);
const values = (length: number) => Float32Array.from({ length }, () => random.normal());

function anysizeHead(two: number, four: number): HeadData {
  const facts = anysizeFacts({ two, four }, [224, 300, 448]);
  const length = two > 0 ? 28_032 : 2432;
  return buildHead(
    { id: 'h', name: 'new', classes: ['a', 'b'], policy: { kind: 'area', side: 300 }, ...facts },
    { normalisation: facts.normalisation, levelLengths: [length], mean: values(length), scale: 0.8 },
    { weights: values(2 * length), bias: values(2) },
  );
}

/** As heads were written before there was a choice: without a word of their features. */
const old: HeadData = {
  id: 'o',
  name: 'old',
  classes: ['a', 'b'],
  pyramid: { levels: [2, 1], rule: 'adaptive', pooling: 'max' },
  policy: { kind: 'area', side: 300 },
  channels: 2,
  normalisation: { sqrt: false, l2: 'vector', centre: false },
  mean: null,
  scale: 1,
  weights: Float32Array.from({ length: 20 }, (_, i) => i),
  bias: Float32Array.of(1, 2),
};

describe('a head without a word of its features', () => {
  it('is on the paper’s, and answers as it did', () => {
    checkHead(old);
    expect(headFeatures(old)).toEqual({ kind: 'paper' });
    expect(vectorLength(old)).toBe(10);
    expect(headNormaliser(old).levelLengths).toEqual([8, 2]);
    // Ten equal values have the norm √10 of their value: W's rows sum to 45 and 145.
    const { logits } = applyHead(old, new Float32Array(10).fill(3));
    expect([...logits].map((logit) => +logit.toFixed(4))).toEqual(
      [1 + 45 / Math.sqrt(10), 2 + 145 / Math.sqrt(10)].map((logit) => +logit.toFixed(4)),
    );
    expect(() => headBlocks(old)).toThrow(/paper's features, which have no blocks/);
  });

  it('answers the same when it says so', () => {
    const vector = values(10);
    expect(applyHead({ ...old, features: { kind: 'paper' } }, vector)).toEqual(applyHead(old, vector));
  });
});

describe('a head on the recipe', () => {
  it.each([
    [0, 0, 2432, [1]],
    [0.3, 0.2, 28_032, [4, 2, 1]],
  ])('with the weights %d and %d takes %i values and centres them only', (two, four, length, levels) => {
    const head = anysizeHead(two, four);
    expect(vectorLength(head)).toBe(length);
    expect(head.pyramid).toEqual({ levels, rule: 'adaptive', pooling: 'mean' });
    const vector = values(length);
    const { logits, normalised } = applyHead(head, vector);
    expect(normalised[5]).toBeCloseTo((vector[5]! - head.mean![5]!) / 0.8, 5);
    const sum = normalised.reduce((total, value, d) => total + value * head.weights[d]!, head.bias[0]!);
    expect(logits[0]).toBeCloseTo(sum, 3);
    expect(() => applyHead(head, values(26_880))).toThrow(new RegExp(`takes vectors of ${length} numbers`));
  });

  it('is refused where its features are not known', () => {
    const head = anysizeHead(0, 0);
    const features = { kind: 'anysize', version: 1, weights: { two: 0, four: 0 }, sides: [300] } as const;
    const broken = (change: object) => () => checkHead({ ...head, features: { ...features, sides: [300], ...change } });
    expect(broken({})).not.toThrow();
    expect(broken({ version: 2 })).toThrow(/version 2 of the features.*newer/);
    expect(broken({ sides: [] })).toThrow(/sizes that are none/);
    expect(broken({ weights: { two: Number.NaN, four: 0 } })).toThrow(/no numbers from 0/);
    expect(broken({ weights: { two: 1, four: 1 } })).toThrow(/28032 numbers are needed/);
  });
});
