import { expect, test } from 'vitest';
import { DEFAULT_SPLIT, DEFAULT_TRAINING, DEFAULT_VECTORS } from '../../core/training/defaults.ts';
import { wilsonInterval } from '../../core/metrics/metrics.ts';
import { accuracyLine, accuracyRange, headlineWords, roughWords, rate, settingsOf } from './trainingWords.ts';

test('an accuracy carries its 95% interval and its counts', () => {
  expect(accuracyLine({ accuracy: wilsonInterval(42, 50), count: 50 })).toBe(
    '84 % (71–92 %), 42 of 50 validation photos',
  );
});

test('the headline says what a person wants to know', () => {
  expect(headlineWords({ accuracy: wilsonInterval(44, 50), count: 50 })).toBe(
    'Right on 44 of 50 photos it had never seen (88 %)',
  );
  expect(headlineWords({ accuracy: wilsonInterval(1, 1), count: 1 })).toBe(
    'Right on 1 of 1 photo it had never seen (100 %)',
  );
});

test('fewer than 20 photos kept back make the number rough, and none are none', () => {
  expect(roughWords(19)).toBe('This number is rough: only 19 photos were kept back to check with.');
  expect(roughWords(1)).toBe('This number is rough: only 1 photo was kept back to check with.');
  expect(roughWords(20)).toBeNull();
  expect(headlineWords(null)).toBe('No photos were kept back to check it with');
  expect(roughWords(0)).toBe('How good it is can be told by leaving photos out in turn.');
});

test('an axis of accuracies ends at 100 % and holds the lowest', () => {
  expect(accuracyRange([0.83, null, 1])).toEqual([0.7, 1]);
  expect(accuracyRange([1, 1])).toEqual([0.9, 1]);
  expect(accuracyRange([0.02])).toEqual([0, 1]);
  expect(accuracyRange([])).toEqual([0.9, 1]);
});

test('rates are short and exact enough to type again', () => {
  expect([rate(0.009), rate(3e-4), rate(1.25e-5), rate(0), rate(0.1)]).toEqual(['0.009', '3e-4', '1.3e-5', '0', '0.1']);
});

test('settings name what differs', () => {
  const settings = new Map(settingsOf({ split: DEFAULT_SPLIT, vectors: DEFAULT_VECTORS, training: DEFAULT_TRAINING }));
  expect(settings.get('Normalisation')).toBe('L2 per vector, centred');
  expect(settings.get('Weight decay')).toBe('3e-4');
});
