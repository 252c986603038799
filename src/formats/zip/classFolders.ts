import type { Side } from '../../core/training/model.ts';

const SIDES: Readonly<Record<string, Side>> = Object.assign(Object.create(null) as Record<string, Side>, {
  train: 'train',
  training: 'train',
  val: 'val',
  valid: 'val',
  validation: 'val',
  test: 'test',
  testing: 'test',
});

export interface FolderPlace {
  /** Name of the class folder; null for a photo that stands in no folder, or beside the class folders. */
  className: string | null;
  /** Marked by a folder named train, val or test above the class folder. */
  holdout: Side | null;
}

/**
 * Which class, and which side, each photo of a drop belongs to. Folders that all photos share are the drop's own, as long as
 * they hold class folders; then each folder is a class. `train`, `val`, `test` (and training, valid, validation, testing)
 * are sides where class folders stand in them, and class names otherwise.
 * @param paths path of each photo, parts separated by `/`
 */
export function placesOf(paths: readonly string[]): FolderPlace[] {
  const places = paths.map((path) => {
    const folders = path.split('/').filter((part) => part !== '' && part !== '.' && part !== '..');
    folders.pop();
    let holdout: Side | null = null;
    const names: string[] = [];
    folders.forEach((name, i) => {
      const side = i < folders.length - 1 ? SIDES[name.toLowerCase()] : undefined;
      if (side) holdout = side;
      else names.push(name);
    });
    return { names, holdout };
  });
  const shared = sharedFolders(places.map(({ names }) => names));
  return places.map(({ names, holdout }) => ({ className: names[shared] ?? null, holdout }));
}

/** How many leading folders hold the class folders and are none: shared by all that go deeper, and deeper ones exist. */
function sharedFolders(all: readonly string[][]): number {
  const inFolders = all.filter((names) => names.length > 0);
  for (let depth = 0; ; depth++) {
    const deeper = inFolders.filter((names) => names.length > depth + 1);
    const name = deeper[0]?.[depth];
    const isShared = name !== undefined && inFolders.every((names) => names[depth] === name);
    if (!isShared) return depth;
  }
}
