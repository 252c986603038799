import { type ReactNode, useId } from 'react';
import styles from './Page.module.css';

export interface EmptyTabProps {
  /** What to do, in one line. */
  line: string;
  /** What comes of it, in a sentence or two. */
  more: string;
  /** The action, and what else there is. */
  children: ReactNode;
}

/** A tab before there is anything in it. */
export function EmptyTab({ line, more, children }: EmptyTabProps) {
  const id = useId();
  return (
    <section className={styles['empty']} aria-labelledby={id}>
      <div>
        <h2 id={id} className={styles['line']}>
          {line}
        </h2>
        <p className={styles['more']}>{more}</p>
      </div>
      {children}
    </section>
  );
}
