import { expect, test } from 'vitest';
import { finderRun } from '../project/findFixtures.ts';
import { finderNumbers, finderOf, finderShape } from './finderFile.ts';

const { finder } = finderRun('f1');

test('a finder is its shape and its numbers, bit by bit', () => {
  expect(finderOf(finderShape(finder), finderNumbers(finder), 'f')).toEqual(finder);
});

test('numbers that are not those of the shape are refused by name', () => {
  const shape = finderShape(finder);
  const refused = (message: RegExp) =>
    expect.objectContaining({ name: 'BadModel', message: expect.stringMatching(message) });
  const reading = (...args: Parameters<typeof finderOf>) => {
    try {
      return finderOf(...args);
    } catch (error) {
      return error;
    }
  };
  expect(reading(shape, new Uint8Array(4), 'f.bin')).toEqual(refused(/f\.bin is not a usable safetensors/));
  const deeper = { ...shape, settings: { ...shape.settings, levels: [2, 1] } };
  expect(reading(deeper, finderNumbers(finder), 'f.bin')).toEqual(
    refused(/f\.bin has no “classes\.0\.weight” of 2880/),
  );
  const strange = structuredClone(finder);
  strange.classes[1]?.weights.fill(Number.NaN, 3, 4);
  expect(reading(shape, finderNumbers(strange), 'f.bin')).toEqual(refused(/“classes\.1\.weight” of f\.bin/));
});
