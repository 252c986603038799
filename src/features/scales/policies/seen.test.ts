import { expect, test } from 'vitest';
import { POLICIES } from '../../../core/size/policies/policies.ts';
import { planSize, toPolicy } from '../../../core/size/sizing.ts';
import { seenAs } from './seen.ts';

test('of a wide photo the network sees all under three policies; one cuts it off and one squashes it', () => {
  const wide = { width: 640, height: 404 };
  const seen = Object.fromEntries(POLICIES.map(({ kind }) => [kind, seenAs(wide, planSize(wide, toPolicy(kind)))]));
  expect(seen).toEqual({ area: 'whole', fit: 'whole', native: 'whole', crop: 'cut off', warp: 'squashed' });
});
