import styles from '../Page.module.css';

/** Covers the window while files are dragged over it. */
export function DropHint({ text }: { text: string }) {
  return <div className={styles['hint']}>{text}</div>;
}
