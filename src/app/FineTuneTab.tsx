import styles from './App.module.css';
import { FineTune } from '../features/finetune/FineTune.tsx';
import { queue } from '../features/classify/queue.ts';
import { useStore } from '../store/store.ts';

/** Puts a photo into the Classify tab's list and goes there. */
function openInClassify(file: File): void {
  const [id] = queue.add([{ file, path: file.name }]);
  const { selectImage, setTab } = useStore.getState();
  if (id !== undefined) selectImage(id);
  setTab('classify');
}

/** Teach it your own classes. */
export default function FineTuneTab() {
  const opening = useStore((state) => state.keeping === 'opening');
  if (opening) return <p className={styles['loading']}>Opening your project…</p>;
  return <FineTune onOpenInClassify={openInClassify} />;
}
