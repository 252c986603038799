import { count } from '../format.ts';
import { ProgressBar } from '../ProgressBar.tsx';
import styles from './ReadingLine.module.css';

/** Fewer are kept before a person could read that they are not. */
const LEAST = 100;

export interface KeepingLineProps {
  /** Photos that are not kept yet, of all; null while no photo is on its way. */
  unkept: { left: number; total: number } | null;
}

/** How many photos are not kept on this device yet, where they are many. */
export function KeepingLine({ unkept }: KeepingLineProps) {
  if (!unkept || unkept.left < LEAST) return null;
  const { left, total } = unkept;
  return (
    <div className={styles['reading']} role="status">
      <p>
        {count(left)} of {count(total)} photos are not saved on this device yet
      </p>
      <ProgressBar label="Saving photos" fraction={(total - left) / total} />
    </div>
  );
}
