import type { ClassRow, Member, PhotoRow } from '../../../core/project/model.ts';
import { messageOf } from '../../../core/errors.ts';
import { type FolderPlace, placesOf } from '../../../formats/zip/classFolders.ts';
import { isPhotoFile } from '../../../core/photoFile.ts';
import { keepFile } from '../../../client/files.ts';
import { useStore } from '../../../store/store.ts';
import { breather, nextTask } from '../../../core/tasks/breather.ts';
import { freshName, newClass } from './addClass.ts';
import { ingestQueue } from '../photos/ingest.ts';
import { unzip } from './unzip.ts';

export interface AddedFile {
  file: File;
  /** Path inside the dropped folder or zip, or the file's name. */
  path: string;
}

const NO_PLACE: FolderPlace = { className: null, holdout: null };

function isZip({ file }: AddedFile): boolean {
  return /\.zip$/i.test(file.name) || file.type === 'application/zip' || file.type === 'application/x-zip-compressed';
}

/** What adding came to, for the person. */
export interface AddOutcome {
  notices: string[];
  errors: string[];
}

/**
 * Adds dropped or picked files as one undoable step, and starts reading them. Folders become classes (those of a name that exists
 * go to that class), zips are unpacked like folders; photos without a folder go to the class that is open, or to a new one. With a `target`, all photos go there.
 */
export async function addFiles(
  files: readonly AddedFile[],
  target: string | null,
  onUnpack: (name: string, fraction: number) => void,
  signal: AbortSignal,
): Promise<AddOutcome> {
  const notices: string[] = [];
  const errors: string[] = [];
  const zips = files.filter(isZip);
  const plain = files.filter((file) => !isZip(file));
  const photos = plain.filter(({ file }) => isPhotoFile(file.name, file.type));
  const others = plain.length - photos.length;
  if (others > 0)
    notices.push(
      `${others === 1 ? '1 file is not a photo and was' : `${others} files are not photos and were`} left out.`,
    );

  const groups: AddedFile[][] = photos.length > 0 ? [photos] : [];
  for (const { file } of zips) {
    try {
      const unpacked = await unzip(file, (fraction) => onUnpack(file.name, fraction), signal);
      notices.push(...unpacked.notices);
      const inZip = unpacked.files.map(({ path, blob }) => ({
        path,
        file: new File([blob], path.slice(path.lastIndexOf('/') + 1)),
      }));
      if (inZip.length > 0) groups.push(inZip);
      else notices.push(`“${file.name}” holds no photos.`);
    } catch (error) {
      if (!(error instanceof Error && error.name === 'Cancelled')) errors.push(`“${file.name}”: ${messageOf(error)}`);
    }
  }
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
  const breathe = breather();
  const found: { row: PhotoRow; place: FolderPlace }[] = [];
  for (const group of groups) {
    const places = flat ? [] : placesOf(group.map(({ path }) => path));
    for (const [i, { file, path }] of group.entries()) {
      found.push({ row: photoRow(keepFile(file), file, path), place: places[i] ?? NO_PLACE });
      await breathe();
    }
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

function photoRow(id: string, file: File, path: string): PhotoRow {
  return {
    id,
    name: file.name,
    path,
    // Asking thousands of files for their size blocks the page for a second; reading them tells it.
    bytes: 0,
    status: 'waiting',
    error: null,
    hash: null,
    perceptual: null,
    width: 0,
    height: 0,
    thumbnailUrl: null,
  };
}
