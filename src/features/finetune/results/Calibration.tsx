import type { Metrics, RunCalibration } from '../../../core/training/model.ts';
import { plural } from '../../../ui/format.ts';
import { ReliabilityDiagram } from '../../../ui/charts/ReliabilityDiagram.tsx';
import styles from './results.module.css';

export interface CalibrationProps {
  calibration: Metrics['calibration'];
  /** How its percentages were made right; absent of runs from before that was done. */
  calibrated: RunCalibration | undefined;
}

/** "Fitted on 50 validation photos (temperature 0.41); before, it was off by 19.0 points." */
function fittedWords({ temperature, on, photos, before }: RunCalibration): string {
  const basis =
    on === 'validation' ? plural(photos, 'validation photo') : `${plural(photos, 'photo')} that were left out in turn`;
  const was = before ? `; before, it was off by ${(before.calibration.error * 100).toFixed(1)} points` : '';
  return ` Fitted on ${basis} (temperature ${temperature.toPrecision(2)})${was}.`;
}

/** Whether its confidence means what it says. */
export function Calibration({ calibration, calibrated }: CalibrationProps) {
  const points = (calibration.error * 100).toFixed(1);
  const summary = `Accuracy within ranges of confidence. Expected calibration error ${points} points.`;
  return (
    <section aria-label="Calibration">
      <div className={styles['head']}>
        <h3>Is its confidence right?</h3>
      </div>
      <ReliabilityDiagram bars={calibration.bins} summary={summary} />
      <p className={styles['quiet']}>
        Accuracy over confidence: bars on the line mean what they say, darker ones hold more photos. Off by {points}{' '}
        points on average (ECE).{calibrated && fittedWords(calibrated)}
      </p>
    </section>
  );
}
