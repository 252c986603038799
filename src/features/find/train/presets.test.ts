import { expect, it } from 'vitest';
import { DEFAULT_FINDER, FAST_FINDER, PAPER_FINDER } from '../../../core/find/settings.ts';
import { finderWords, presetOf } from './presets.ts';

it('knows its presets again, and settings that are none of them', () => {
  expect(presetOf(structuredClone(DEFAULT_FINDER))?.name).toBe('usual');
  expect(presetOf(structuredClone(FAST_FINDER))?.name).toBe('fast');
  expect(presetOf(structuredClone(PAPER_FINDER))?.name).toBe('paper');
  expect(presetOf({ ...DEFAULT_FINDER, voting: false })).toBeNull();
  expect(presetOf({ ...DEFAULT_FINDER, regressor: null })).toBeNull();
});

it('tells every setting: another value of any of them reads otherwise', () => {
  const changed = {
    side: 1,
    maps: ['middle'],
    levels: [1],
    proposals: { kind: 'grid', max: 1, seed: 1 },
    positiveIou: null,
    negativeIou: 0.1,
    firstNegatives: 1,
    hardNegatives: 1,
    rounds: 1,
    c: 1,
    iterations: 1,
    regressor: null,
    windows: 1,
    suppression: 0.9,
    voting: false,
  } as const;
  const before = JSON.stringify(finderWords(DEFAULT_FINDER));
  for (const [name, value] of Object.entries(changed)) {
    expect(JSON.stringify(finderWords({ ...DEFAULT_FINDER, [name]: value })), name).not.toBe(before);
  }
});
