import { Find } from '../../features/find/Find.tsx';
import { useStore } from '../../store/store.ts';
import styles from '../App.module.css';

/** Teach it to find your things, with boxes. */
export default function FindTab() {
  const opening = useStore((state) => state.keeping === 'opening');
  if (opening) return <p className={styles['loading']}>Opening your project…</p>;
  return <Find />;
}
