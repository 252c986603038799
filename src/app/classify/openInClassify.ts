import { queue } from '../../features/classify/list/queue.ts';
import { useStore } from '../../store/store.ts';

/** Puts a photo into the Classify tab's list and goes there. */
export function openInClassify(file: File): void {
  addToClassify([file]);
}

/** Puts photos into the Classify tab's list and goes there, to the first of them. */
export function addToClassify(files: readonly File[]): void {
  const [id] = queue.add(files.map((file) => ({ file, path: file.name })));
  const { selectImage, setTab } = useStore.getState();
  if (id !== undefined) selectImage(id);
  setTab('classify');
}
