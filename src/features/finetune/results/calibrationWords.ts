import type { ChanceError } from '../../../core/metrics/errorByChance.ts';
import type { Metrics, RunCalibration } from '../../../core/training/model.ts';
import { plural } from '../../../ui/format.ts';

const pointsOf = (error: number): string => (error * 100).toFixed(1);

/** How far its percentages are from what happens, and how far exactly right ones would seem to be with so few photos. */
export function calibrationWords(
  { count, calibration }: Pick<Metrics, 'count' | 'calibration'>,
  calibrated: RunCalibration | undefined,
  chance: ChanceError,
): string {
  const before = calibrated?.before;
  const was = before ? `, ${pointsOf(before.calibration.error)} before they were fitted` : '';
  return (
    `Its percentages are off by ${pointsOf(calibration.error)} points on average${was}. ` +
    `With ${plural(count, 'photo')}, exactly right ones would look ${pointsOf(chance.mean)} points off too.`
  );
}

/** "Fitted on 50 validation photos, temperature 0.41." */
export function fittedWords({ temperature, on, photos }: RunCalibration): string {
  const basis =
    on === 'validation'
      ? plural(photos, 'validation photo')
      : `${plural(photos, 'photo')}: those for validation, and those for training, each judged by a head that was trained without it`;
  return `Fitted on ${basis}. Temperature ${temperature.toPrecision(2)}.`;
}
