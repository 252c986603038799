import styles from './Page.module.css';
import { visibleName } from './format.ts';

/** A name from outside, on one line: isolated from the text around it, invisible characters shown, cut with an ellipsis. */
export function FileName({ name, title = name }: { name: string; title?: string }) {
  return (
    <bdi className={styles['name']} title={visibleName(title)}>
      {visibleName(name)}
    </bdi>
  );
}
