import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import golden from '../../../golden/everyday.json' with { type: 'json' };
import { readSafetensors } from '../safetensors.ts';
import { softmax, topIndices } from '../softmax.ts';
import { type EverydayClass, type EverydayHead, everydayLogits } from './everyday.ts';
import { answerWords, plainAnswer } from './plainAnswer.ts';

const folder = new URL('../../../public/models/everyday/', import.meta.url);

function head(): EverydayHead {
  const name = 'anysize-everyday-1066.safetensors';
  const { tensors } = readSafetensors(Uint8Array.from(readFileSync(new URL(name, folder))), name);
  return {
    classes: JSON.parse(readFileSync(new URL('anysize-everyday-1066.classes.json', folder), 'utf8')) as EverydayClass[],
    weight: tensors.get('weight')!.floats(),
    bias: tensors.get('bias')!.floats(),
  };
}

const everyday = head();
const averageOf = (a: number[], b: number[]) => Float32Array.from(a, (value, c) => (value + b[c]!) / 2);

test.each(golden.cases)('$photo: the five best of the known means', ({ m224, m300, top }) => {
  const probabilities = softmax(everydayLogits(everyday, averageOf(m224, m300), 2));
  expect(topIndices(probabilities, 5)).toEqual(top.map(({ row }) => row));
  for (const { row, name, p } of top) {
    expect(everyday.classes[row]?.name).toBe(name);
    expect(Math.abs(probabilities[row]! - p)).toBeLessThan(1e-4);
  }
});

test('one look is told apart by its factor', () => {
  const mean = Float32Array.from(golden.cases[0]!.m300);
  const two = everydayLogits(everyday, mean, 2);
  expect(everydayLogits(everyday, mean, 1)[937]).toBeCloseTo(1.3 * two[937]!, 3);
});

test('says less when unsure: the name, else the group, else nothing', () => {
  const classes = [
    { name: 'pug', group: 'dog' },
    { name: 'beagle', group: 'dog' },
    { name: 'toaster', group: 'device' },
    { name: 'radio', group: 'device' },
  ];
  expect(plainAnswer([0.5, 0.2, 0.2, 0.1], classes)).toEqual({ kind: 'name', name: 'pug', probability: 0.5 });
  expect(plainAnswer([0.45, 0.25, 0.2, 0.1], classes)).toMatchObject({ kind: 'group', group: 'dog' });
  expect(plainAnswer([0.1, 0.1, 0.45, 0.35], classes)).toEqual({ kind: 'unsure' });
  expect(plainAnswer([0.3, 0.25, 0.25, 0.2], classes)).toEqual({ kind: 'unsure' });
});

test('an answer in words', () => {
  expect(answerWords({ kind: 'name', name: 'pug', probability: 0.9 })).toBe('pug');
  expect(answerWords({ kind: 'group', group: 'dog', probability: 0.7 })).toBe('some kind of dog');
  expect(answerWords({ kind: 'group', group: 'person', probability: 0.7 })).toBe('a person');
  expect(answerWords({ kind: 'unsure' })).toBe('not sure');
});
