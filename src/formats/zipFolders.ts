import type { Side } from '../engine/finetune/protocol.ts';
import type { ClassRow } from '../store/dataset.ts';
import { safePath } from './classZip.ts';
import type { PlannedPhoto } from './projectContents.ts';

const SIDES = new Map<string, Side>([
  ['train', 'train'],
  ['training', 'train'],
  ['val', 'val'],
  ['valid', 'val'],
  ['validation', 'val'],
  ['test', 'test'],
  ['testing', 'test'],
]);
const PHOTO = /\.(jpe?g|jfif|pjpeg|png|apng|gif|webp|avif|bmp|ico|svg|heic|heif|tiff?)$/i;
const SYSTEM = /(^|\/)(__MACOSX\/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\._)/i;

/** Classes and photos of a zip without `project.json`: the folder that a photo lies in is its class. */
export function photosOfFolders(paths: readonly string[]): {
  classes: ClassRow[];
  photos: PlannedPhoto[];
  notices: string[];
} {
  const classes = new Map<string, ClassRow>();
  const photos: PlannedPhoto[] = [];
  let others = 0;
  for (const file of paths) {
    const path = safePath(file);
    if (SYSTEM.test(path)) continue;
    const parts = path.split('/');
    const name = parts.pop() ?? '';
    const className = parts.at(-1);
    if (!PHOTO.test(name) || className === undefined) {
      others++;
      continue;
    }
    const row = classes.get(className) ?? { id: `class-${classes.size + 1}`, name: className, colour: classes.size };
    classes.set(className, row);
    const holdout = SIDES.get(parts.at(-2)?.toLowerCase() ?? '') ?? null;
    const id = photos.length + 1;
    photos.push({ file, sha256: null, id, name, path, type: '', classId: row.id, holdout, unreadable: false });
  }
  const were = others === 1 ? '1 other file was' : `${others} other files were`;
  return {
    classes: [...classes.values()],
    photos,
    notices: others > 0 ? [`${were} left out: no photo in a class folder.`] : [],
  };
}
