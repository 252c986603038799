import { useMemo } from 'react';
import { errorByChance } from '../../../core/metrics/errorByChance.ts';
import type { RunRow } from '../../../core/project/model.ts';
import type { Metrics } from '../../../core/training/model.ts';
import { ReliabilityDiagram } from '../../../ui/charts/ReliabilityDiagram.tsx';
import { calibrationWords, fittedWords } from './calibrationWords.ts';
import styles from './results.module.css';

/** Whether its confidence means what it says, on the validation photos. */
export function Calibration({ run, metrics }: { run: RunRow; metrics: Metrics }) {
  const { predictions, calibrated } = run;
  const chance = useMemo(
    () =>
      errorByChance(
        predictions
          .filter(({ side }) => side === 'val')
          .map(({ id, probabilities }) => ({ photo: id, confidence: Math.max(...probabilities) })),
      ),
    [predictions],
  );
  const before = calibrated?.before?.calibration.bins;
  const words = calibrationWords(metrics, calibrated, chance);
  return (
    <section aria-label="Calibration">
      <div className={styles['head']}>
        <h3>Is its confidence right?</h3>
      </div>
      <ReliabilityDiagram
        bars={metrics.calibration.bins}
        before={before}
        summary={`Accuracy within ranges of confidence. ${words}`}
      />
      <p className={styles['quiet']}>{words}</p>
      <details className={styles['quiet']}>
        <summary>Details</summary>
        <p>
          Accuracy over confidence: bars on the line mean what they say, darker ones hold more photos
          {before && ', outlines are what it was before'}. The average is the expected calibration error (ECE).{' '}
          {calibrated && fittedWords(calibrated)}
        </p>
      </details>
    </section>
  );
}
