import { addToDataset } from '../../../store/dataset.ts';
import { useStore } from '../../../store/store.ts';
import { freshName, newClass } from './addFiles.ts';

/** Makes a class of its own name, without photos, and opens it. @returns its id */
export function addClass(): string {
  const { dataset, edit, openClass } = useStore.getState();
  const row = newClass(freshName(dataset.classes), dataset.classes.length);
  edit((before) => addToDataset(before, [row], new Map()));
  openClass(row.id);
  return row.id;
}
