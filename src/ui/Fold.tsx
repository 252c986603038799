import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './Fold.module.css';

export interface FoldProps {
  title: string;
  /** What is chosen inside, in few words; shown while closed and open. */
  says?: string;
  open?: boolean;
  children: ReactNode;
}

/** A part that opens and closes under its title. */
export function Fold({ title, says, open, children }: FoldProps) {
  return (
    <details className={styles['fold']} open={open}>
      <summary>
        <span>{title}</span>
        {says && <span className={styles['says']}>{says}</span>}
        <ChevronRight size={16} aria-hidden />
      </summary>
      <div className={styles['inside']}>{children}</div>
    </details>
  );
}
