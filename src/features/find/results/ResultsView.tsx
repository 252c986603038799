import styles from '../Find.module.css';

/** How good the shown finder is, and what it finds. */
export function ResultsView() {
  return <p className={styles['none']}>Train once to see what it finds in every photo.</p>;
}
