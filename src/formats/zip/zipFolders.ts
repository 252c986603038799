import type { ClassRow, ContentPhoto } from '../../core/project/model.ts';
import { placesOf } from './classFolders.ts';
import { safePath } from './classZip.ts';
import { isPhotoFile, isSystemPath } from '../../core/photoFile.ts';

/** A photo that a zip says it has. */
export interface PlannedPhoto extends ContentPhoto {
  file: string;
  /** Null where the zip does not tell. */
  sha256: string | null;
}

/** Classes and photos of a zip without `project.json`: its folders are classes and sides as those of a drop are ({@link placesOf}). */
export function photosOfFolders(files: readonly string[]): {
  classes: ClassRow[];
  photos: PlannedPhoto[];
  notices: string[];
} {
  const found = files.map((file) => ({ file, path: safePath(file) })).filter(({ path }) => !isSystemPath(path));
  const images = found
    .map(({ file, path }) => ({ file, path, name: path.slice(path.lastIndexOf('/') + 1) }))
    .filter(({ name }) => isPhotoFile(name, ''));
  const places = placesOf(images.map(({ path }) => path));
  const classes = new Map<string, ClassRow>();
  const photos: PlannedPhoto[] = [];
  for (const [i, { file, path, name }] of images.entries()) {
    const { className = null, holdout = null } = places[i] ?? {};
    if (className === null) continue;
    const row = classes.get(className) ?? { id: `class-${classes.size + 1}`, name: className, colour: classes.size };
    classes.set(className, row);
    const id = photos.length + 1;
    photos.push({ file, sha256: null, id, name, path, type: '', classId: row.id, holdout, unreadable: false });
  }
  const notices: string[] = [];
  const tell = (count: number, what: string, why: string) => {
    if (count > 0) notices.push(`${count} ${what}${count === 1 ? ' was' : 's were'} left out: ${why}.`);
  };
  tell(images.length - photos.length, 'photo', 'in no class folder');
  tell(found.length - images.length, 'other file', 'no photo');
  return { classes: [...classes.values()], photos, notices };
}
