import type { Metrics, RunCalibration } from '../../../core/training/model.ts';
import { plural } from '../../../ui/format.ts';
import { ReliabilityDiagram } from '../../../ui/charts/ReliabilityDiagram.tsx';
import styles from './results.module.css';

export interface CalibrationProps {
  calibration: Metrics['calibration'];
  /** How its percentages were made right; absent of runs from before that was done. */
  calibrated: RunCalibration | undefined;
}

const pointsOf = (error: number): string => (error * 100).toFixed(1);

/** "Fitted on 50 validation photos, temperature 0.41." */
function fittedWords({ temperature, on, photos }: RunCalibration): string {
  const basis =
    on === 'validation' ? plural(photos, 'validation photo') : `${plural(photos, 'photo')} that were left out in turn`;
  return ` Fitted on ${basis}, temperature ${temperature.toPrecision(2)}.`;
}

/** Whether its confidence means what it says. */
export function Calibration({ calibration, calibrated }: CalibrationProps) {
  const points = pointsOf(calibration.error);
  const before = calibrated?.before;
  const summary = `Accuracy within ranges of confidence. Expected calibration error ${points} points.`;
  return (
    <section aria-label="Calibration">
      <div className={styles['head']}>
        <h3>Is its confidence right?</h3>
      </div>
      <ReliabilityDiagram bars={calibration.bins} summary={summary} />
      <p className={styles['quiet']}>
        Its percentages are off by {points} points on average
        {before && `, ${pointsOf(before.calibration.error)} before they were fitted`}.
      </p>
      <details className={styles['quiet']}>
        <summary>Details</summary>
        <p>
          Accuracy over confidence: bars on the line mean what they say, darker ones hold more photos. The average is
          the expected calibration error (ECE).{calibrated && fittedWords(calibrated)}
        </p>
      </details>
    </section>
  );
}
