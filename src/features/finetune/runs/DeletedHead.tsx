import { useStore } from '../../../store/store.ts';
import { Button } from '../../../ui/Button.tsx';
import { visibleName } from '../../../ui/format.ts';
import { Note } from '../../../ui/Note.tsx';
import { deletedHead } from './heads.ts';
import styles from './RunList.module.css';

/** The way back from the last deletion of a run or an opened head. */
export function DeletedHead() {
  const last = deletedHead.useLast((state) => state.last);
  const project = useStore((state) => state.project?.id);
  const following = useStore((state) => state.keeping === 'following');
  if (!last || last.project !== project || following) return null;
  return (
    <div className={styles['deleted']}>
      <Note onDismiss={deletedHead.forget} actions={<Button onClick={last.putBack}>Undo</Button>}>
        Deleted “{visibleName(last.name)}”.
      </Note>
    </div>
  );
}
