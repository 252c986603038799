import { useStore } from '../../../store/store.ts';
import { visibleName } from '../../../ui/format.ts';
import { PhotoEditor } from '../editor/PhotoEditor.tsx';
import { SuggestBar } from '../suggest/SuggestBar.tsx';
import styles from '../Find.module.css';

/** The shown photo with its boxes, to be drawn and changed. */
export function BoxesView() {
  const shown = useStore((state) => state.shownScene);
  const photo = useStore((state) => (shown === null ? undefined : state.photos.get(shown)));
  const scene = useStore((state) => (shown === null ? undefined : state.scenes.get(shown)));
  if (!photo || !scene) {
    return <p className={styles['none']}>Add photos, then draw boxes around what is to be found.</p>;
  }
  if (photo.status === 'failed') return <p className={styles['none']}>{photo.error}</p>;
  if (photo.width === 0) return <p className={styles['none']}>Reading {visibleName(photo.name)}…</p>;
  return (
    <>
      <SuggestBar photoId={photo.id} />
      <PhotoEditor photo={photo} scene={scene} />
    </>
  );
}
