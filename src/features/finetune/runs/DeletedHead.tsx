import { useStore } from '../../../store/store.ts';
import { DeletedNote } from '../../../ui/notes/Note.tsx';
import { deletedHead } from './changeHeads.ts';
import styles from './runs.module.css';

/** The way back from the last deletion of a run or an opened head. */
export function DeletedHead() {
  const last = deletedHead.useLast((state) => state.last);
  const project = useStore((state) => state.project?.id);
  const following = useStore((state) => state.keeping === 'following');
  if (!last || last.project !== project || following) return null;
  return (
    <div className={styles['deleted']}>
      <DeletedNote name={last.name} onUndo={last.putBack} onDismiss={deletedHead.forget} />
    </div>
  );
}
