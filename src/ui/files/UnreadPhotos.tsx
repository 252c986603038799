import { FileName } from '../FileName.tsx';
import { Fold } from '../Fold.tsx';
import { plural } from '../format.ts';
import styles from './UnreadPhotos.module.css';

/** Enough to see what they have in common. */
const MOST = 200;

/** Photos that could not be read, each by name with its reason. */
export function UnreadPhotos({
  photos,
}: {
  photos: readonly { id: string; name: string; path: string; error: string | null }[];
}) {
  if (photos.length === 0) return null;
  return (
    <Fold title={`${plural(photos.length, 'photo')} could not be read, left out`}>
      <ul className={styles['photos']}>
        {photos.slice(0, MOST).map(({ id, name, path, error }) => (
          <li key={id}>
            <FileName name={name} title={path} />
            <p>{error}</p>
          </li>
        ))}
      </ul>
    </Fold>
  );
}
