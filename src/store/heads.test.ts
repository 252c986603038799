import { expect, test } from 'vitest';
import { freshHeadName } from './heads.ts';

const heads = [{ name: 'Run 1' }, { name: 'Run 1 (birds)' }];

test('a head keeps its name unless another has it', () => {
  expect(freshHeadName('Run 2', 'birds.safetensors', heads)).toBe('Run 2');
});

test('a name that is taken gets that of the file, and a number when the same file is opened again', () => {
  expect(freshHeadName('Run 1', 'flowers.v2.safetensors', heads)).toBe('Run 1 (flowers.v2)');
  expect(freshHeadName('Run 1', 'My garden Run 1.safetensors', heads)).toBe('Run 1 (My garden)');
  expect(freshHeadName('Run 1', 'Run 1.safetensors', heads)).toBe('Run 1 (Run 1)');
  expect(freshHeadName('Run 1', 'birds.safetensors', heads)).toBe('Run 1 (birds, 2)');
});
