import { expect, test } from 'vitest';
import { pyramidWords } from './pyramidWords.ts';

test('a pyramid is named by its levels, its pooling and a rule that is not the usual one', () => {
  expect(pyramidWords({ levels: [4, 2, 1], rule: 'adaptive', pooling: 'max' })).toBe('[4, 2, 1] max');
  expect(pyramidWords({ levels: [6, 1], rule: 'paper', pooling: 'mean' })).toBe('[6, 1] mean, paper rule');
});
