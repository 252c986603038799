import { expect, test } from 'vitest';
import type { RunCalibration } from '../../../core/training/model.ts';
import { calibrationWords, fittedWords } from './calibrationWords.ts';

const calibrated: RunCalibration = {
  temperature: 0.524,
  on: 'training',
  photos: 200,
  before: { calibration: { bins: [], error: 0.159 }, logLoss: 0.6 },
};
const metrics = { count: 50, calibration: { bins: [], error: 0.0712 } };
const chance = { mean: 0.068, high: 0.11 };

test('the error after, before, and by chance stand side by side', () => {
  expect(calibrationWords(metrics, calibrated, chance)).toBe(
    'Its percentages are off by 7.1 points on average, 15.9 before they were fitted. ' +
      'With 50 photos, exactly right ones would look 6.8 points off too.',
  );
  expect(calibrationWords({ ...metrics, count: 1 }, undefined, chance)).toBe(
    'Its percentages are off by 7.1 points on average. With 1 photo, exactly right ones would look 6.8 points off too.',
  );
});

test('it is said which photos they were fitted on', () => {
  expect(fittedWords(calibrated)).toBe(
    'Fitted on 200 photos: those for validation, and those for training, each judged by a head that was trained without it. Temperature 0.52.',
  );
  expect(fittedWords({ ...calibrated, on: 'validation', photos: 240 })).toBe(
    'Fitted on 240 validation photos. Temperature 0.52.',
  );
});
