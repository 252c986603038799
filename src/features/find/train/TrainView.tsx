import styles from '../Find.module.css';

/** Learns to find what the boxes hold. */
export function TrainView() {
  return <p className={styles['none']}>Draw a few boxes first: ten photos are enough to begin with.</p>;
}
