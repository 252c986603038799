import styles from '../Find.module.css';

/** The shown photo with its boxes, to be drawn and changed. */
export function BoxesView() {
  return <p className={styles['none']}>Add photos, then draw boxes around what is to be found.</p>;
}
