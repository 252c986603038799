import type { ReactNode } from 'react';
import styles from './AnswerFields.module.css';

/** A row of fields that decide an answer: the head, the size. */
export function AnswerFields({ children }: { children: ReactNode }) {
  return <div className={styles['controls']}>{children}</div>;
}
