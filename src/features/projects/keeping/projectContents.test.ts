import { expect, test } from 'vitest';
import { defaultSettings } from '../../../store/settings.ts';
import type { AppState } from '../../../store/store.ts';
import { sameContents, settingsIn, contentsOf } from './projectContents.ts';

const state = (settings: AppState['settings']) => ({ heads: [], runs: [], settings }) as unknown as AppState;
const chosen = {
  ...defaultSettings(),
  policy: { kind: 'fit', side: 256 },
  pyramid: { levels: [2, 1], rule: 'paper', pooling: 'mean' },
  minSide: 64,
  scales: [224, 'native'],
} satisfies AppState['settings'];

test('what a project keeps brings back the sizes photos are looked at with', () => {
  const { policy, pyramid, minSide, scales } = chosen;
  const stored = structuredClone(contentsOf(state(chosen)).options);
  expect(settingsIn(stored)).toEqual({ policy, pyramid, minSide, scales });
  // "As they are" and "one answer" are choices too, and take the place of others.
  expect(settingsIn({ ...stored, minSide: 0, scales: [] })).toEqual({ policy, pyramid, minSide: 0, scales: [] });
});

test('a project from before leaves alone what it does not say', () => {
  const { minSide: _minSide, scales: _scales, ...older } = contentsOf(state(chosen)).options;
  expect({ ...chosen, ...settingsIn(older) }).toEqual(chosen);
});

test('a change of the minimum side or the sizes is work to be saved', () => {
  const work = contentsOf(state(chosen));
  const unchanged = { ...work, options: { ...work.options }, heads: [] };
  expect(sameContents(work, unchanged)).toBe(true);
  expect(sameContents(work, { ...work, options: contentsOf(state({ ...chosen, minSide: 96 })).options })).toBe(false);
  expect(sameContents(work, { ...work, options: contentsOf(state({ ...chosen, scales: [224] })).options })).toBe(false);
});
