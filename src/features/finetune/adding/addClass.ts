import { nextName } from '../../../core/nextName.ts';
import type { ClassRow } from '../../../core/project/model.ts';
import { addToDataset } from '../../../store/dataset.ts';
import { useStore } from '../../../store/store.ts';

/** A new class, in the palette's next colour. */
export function newClass(name: string, place: number): ClassRow {
  return { id: nextName('class'), name, colour: place };
}

/** "Class 1", "Class 2", …: the first that no class has. */
export function freshName(classes: readonly ClassRow[]): string {
  const names = new Set(classes.map(({ name }) => name));
  let n = classes.length + 1;
  while (names.has(`Class ${n}`)) n++;
  return `Class ${n}`;
}

/** Makes a class without photos, as one undoable step. @returns its id */
export function addClass(name: string): string {
  const { dataset, edit } = useStore.getState();
  const row = newClass(name, dataset.classes.length);
  edit((before) => addToDataset(before, [row], new Map()));
  return row.id;
}

/** Makes a class of a name that no other has, and opens it. @returns its id */
export function openNewClass(): string {
  const { dataset, openClass } = useStore.getState();
  const id = addClass(freshName(dataset.classes));
  openClass(id);
  return id;
}
