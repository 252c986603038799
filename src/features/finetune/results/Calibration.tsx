import type { Metrics } from '../../../core/training/model.ts';
import { ReliabilityDiagram } from '../../../ui/charts/ReliabilityDiagram.tsx';
import styles from './results.module.css';

/** Whether its confidence means what it says. */
export function Calibration({ calibration }: { calibration: Metrics['calibration'] }) {
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
        points on average (ECE).
      </p>
    </section>
  );
}
