import { expect, test } from 'vitest';
import { DEFAULT_POLICY } from '../size/sizing.ts';
import { looksAt } from './looks.ts';

test('two looks at the default size, the chosen one first', () => {
  expect(looksAt(DEFAULT_POLICY)).toEqual([DEFAULT_POLICY, { kind: 'area', side: 224 }]);
});

test('one look when asked for, and at every other size', () => {
  expect(looksAt(DEFAULT_POLICY, 1)).toEqual([DEFAULT_POLICY]);
  expect(looksAt({ kind: 'area', side: 224 })).toEqual([{ kind: 'area', side: 224 }]);
  expect(looksAt({ kind: 'crop' })).toEqual([{ kind: 'crop' }]);
});
