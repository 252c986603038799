import { removeMembers } from '../../../store/dataset.ts';
import type { Conflict } from '../../../store/duplicates.ts';
import { useAppState } from '../../../store/store.ts';
import { Button } from '../../../ui/Button.tsx';
import { FileName } from '../../../ui/FileName.tsx';
import { plural } from '../../../ui/format.ts';
import { Note } from '../../../ui/notes/Note.tsx';
import styles from './classes.module.css';

/** Conflicts shown at a time; more come as these are solved. */
const SHOWN = 20;

/** The same photo in several classes: where does it belong? */
export function Conflicts({ conflicts }: { conflicts: readonly Conflict[] }) {
  if (conflicts.length === 0) return null;
  return (
    <Note tone="warn">
      <p>
        {plural(conflicts.length, 'photo stands', 'photos stand')} in more than one class. Left out until you say where{' '}
        {conflicts.length === 1 ? 'it belongs' : 'they belong'}.
      </p>
      <ul className={styles['conflicts']}>
        {conflicts.slice(0, SHOWN).map((conflict) => (
          <ConflictItem key={conflict.hash} conflict={conflict} />
        ))}
      </ul>
    </Note>
  );
}

function ConflictItem({ conflict: { hash, places } }: { conflict: Conflict }) {
  const { photos, dataset, edit } = useAppState('photos', 'dataset', 'edit');
  const first = photos.get(places[0]?.photoId ?? '');

  /** Removes the photo, and its copies, from all classes but one; from all with null. */
  const keepIn = (kept: string | null) =>
    edit((set) => {
      const gone = [...set.members].filter(([id, { classId }]) => classId !== kept && photos.get(id)?.hash === hash);
      return removeMembers(
        set,
        gone.map(([id]) => id),
      );
    });

  return (
    <li className={styles['conflict']}>
      {first?.thumbnailUrl ? <img src={first.thumbnailUrl} alt={first.name} /> : <span />}
      <div className={styles['choices']}>
        {places.map(({ classId }) => (
          <Button key={classId} look="link" onClick={() => keepIn(classId)}>
            Keep in <FileName name={dataset.classes.find(({ id }) => id === classId)?.name ?? ''} />
          </Button>
        ))}
        <Button look="link" onClick={() => keepIn(null)}>
          {places.length === 2 ? 'Remove both' : 'Remove all'}
        </Button>
      </div>
    </li>
  );
}
