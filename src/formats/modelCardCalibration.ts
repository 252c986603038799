import type { RunCalibration } from '../core/training/model.ts';

/** What was done so that a head's percentages are right; null of runs from before it was done. */
export function calibrationSentence(calibrated: RunCalibration | undefined): string | null {
  if (!calibrated) return null;
  const { temperature, on, photos, before } = calibrated;
  const basis =
    on === 'validation'
      ? `${photos} validation photos`
      : `${photos} photos, validation photos and training photos that were left out in turn`;
  const was = before
    ? ` Without it: log loss ${before.logLoss.toFixed(3)}, expected calibration error ${(100 * before.calibration.error).toFixed(1)}%.`
    : '';
  return `Its logits were divided by a temperature of ${temperature.toPrecision(3)}, fitted on ${basis}; it is part of the weights.${was}`;
}
