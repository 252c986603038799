import styles from './ProgressBar.module.css';

/** @param fraction 0…1 */
export function ProgressBar({ label, fraction }: { label: string; fraction: number }) {
  return <progress className={styles['bar']} aria-label={label} max={1} value={Math.min(1, Math.max(0, fraction))} />;
}
