import { useStore } from '../../../store/store.ts';
import { plural } from '../../../ui/format.ts';

/** Photos and classes of the Find tab. */
export function PhotosZone() {
  const count = useStore((state) => state.scenes.size);
  return <p>{plural(count, 'photo')}</p>;
}
