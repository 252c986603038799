import type { ReactNode } from 'react';
import { Button } from './Button.tsx';
import styles from './ProgressBar.module.css';

/** @param fraction 0…1 */
export function ProgressBar({ label, fraction }: { label: string; fraction: number }) {
  return <progress className={styles['bar']} aria-label={label} max={1} value={Math.min(1, Math.max(0, fraction))} />;
}

export interface ProgressLineProps {
  /** How far it is, in words. */
  children: ReactNode;
  className?: string | undefined;
  /** Work that goes on, with its share 0…1; null where it rests. */
  work: { label: string; fraction: number } | null;
  action: string;
  onAction: () => void;
}

/** Work that takes time, in one line: how far it is, a way to stop it or to go on, and a bar while it goes on. */
export function ProgressLine({ children, className = '', work, action, onAction }: ProgressLineProps) {
  return (
    <div className={`${className} ${styles['line']}`} role="status">
      <p>
        <span>{children}</span>
        <Button look="link" onClick={onAction}>
          {action}
        </Button>
      </p>
      {work && <ProgressBar {...work} />}
    </div>
  );
}
