import type { PyramidOptions } from '../../../core/model.ts';
import styles from './Readout.module.css';
import { explanationText } from './explanationText.ts';

/** What spatial pyramid pooling is, as it is chosen now, in one paragraph for a student. */
export function Explanation({ pyramid, channels }: { pyramid: PyramidOptions; channels: number }) {
  return (
    <details className={styles['details']}>
      <summary>What is this?</summary>
      <p>{explanationText(pyramid, channels)}</p>
    </details>
  );
}
