import type { ReactNode } from 'react';
import styles from './Chip.module.css';

/** One value of a short row of which one is chosen. */
export function Chip({ chosen, onChoose, children }: { chosen: boolean; onChoose: () => void; children: ReactNode }) {
  return (
    <button type="button" className={styles['chip']} aria-pressed={chosen} onClick={onChoose}>
      {children}
    </button>
  );
}
