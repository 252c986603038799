import type { ClassRow, Member, PhotoRow } from '../../../core/project/model.ts';
import { type FolderPlace, placesOf } from '../../../formats/zip/classFolders.ts';
import { useStore } from '../../../store/store.ts';
import { nextTask } from '../../../core/tasks/breather.ts';
import { freshName, newClass } from './addClass.ts';
import { ingestQueue } from '../../../client/photos/ingest.ts';
import { type AddedFile, type AddOutcome, collectFiles, type OnUnpack } from '../../../client/photos/collectFiles.ts';
import { photoRows } from '../../../client/photos/photoRows.ts';

const NO_PLACE: FolderPlace = { className: null, holdout: null };

/**
 * Adds dropped or picked files as one undoable step, and starts reading them. Folders become classes (those of a name that exists
 * go to that class), zips are unpacked like folders; photos without a folder go to the class that is open, or to a new one. With a `target`, all photos go there.
 */
export async function addFiles(
  files: readonly AddedFile[],
  target: string | null,
  onUnpack: OnUnpack,
  signal: AbortSignal,
): Promise<AddOutcome> {
  const { groups, notices, errors } = await collectFiles(files, onUnpack, signal);
  if (groups.length > 0) await addGroups(groups, target);
  return { notices, errors };
}

/** Photos without folders into one class, as one step; for the camera. */
export function addToClass(files: readonly File[], classId: string): Promise<void> {
  return addGroups([files.map((file) => ({ file, path: file.name }))], classId, true);
}

/** Named sets of files as classes, as one step; for the built-in example. */
export function addClasses(sets: readonly { className: string; files: readonly File[] }[]): Promise<void> {
  return addGroups(
    [sets.flatMap(({ className, files }) => files.map((file) => ({ file, path: `${className}/${file.name}` })))],
    null,
  );
}

async function addGroups(groups: readonly AddedFile[][], target: string | null, flat = false): Promise<void> {
  const { keeping, refuseEdit } = useStore.getState();
  if (keeping === 'following') return refuseEdit();
  const found: { row: PhotoRow; place: FolderPlace }[] = [];
  for (const group of groups) {
    const places = flat ? [] : placesOf(group.map(({ path }) => path));
    const rows = await photoRows(group);
    for (const [i, row] of rows.entries()) found.push({ row, place: places[i] ?? NO_PLACE });
  }
  await nextTask();
  // In one go: the classes must not change while photos are put into them.
  addFound(found, target);
  await nextTask();
  ingestQueue.add(found.map(({ row }) => row.id));
}

function addFound(found: readonly { row: PhotoRow; place: FolderPlace }[], target: string | null): void {
  const { dataset, addPhotos, openClassId, nameClass } = useStore.getState();
  const byName = new Map(dataset.classes.toReversed().map(({ id, name }) => [name, id]));
  const added: ClassRow[] = [];
  const members = new Map<string, Member>();
  const classNamed = (name: string): string => {
    const known = byName.get(name);
    if (known !== undefined) return known;
    const row = newClass(name, dataset.classes.length + added.length);
    added.push(row);
    byName.set(name, row.id);
    return row.id;
  };
  let loose = target ?? openClassId;
  let unnamed: string | null = null;
  for (const { row, place } of found) {
    const { className, holdout } = place;
    // Photos dropped onto a class belong to it, whatever folder they came in.
    const isLoose = className === null || target !== null;
    if (isLoose) loose ??= unnamed = classNamed(freshName([...dataset.classes, ...added]));
    const classId = isLoose ? loose : classNamed(className);
    if (classId !== null) members.set(row.id, { classId, holdout });
  }
  addPhotos(
    added,
    found.map(({ row }) => row),
    members,
  );
  if (unnamed === null) return;
  // What they are is known to the person only, and asked at once.
  nameClass(unnamed);
}
