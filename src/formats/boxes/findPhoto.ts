import type { Size } from '../../core/model.ts';
import { isPhotoFile } from '../../core/photoFile.ts';

/** A photo that boxes may belong to. */
export interface KnownPhoto extends Size {
  id: string;
  name: string;
  /** Path inside a dropped folder or zip, or the name. */
  path: string;
}

const partsOf = (path: string): string[] =>
  path
    .normalize('NFC')
    .toLowerCase()
    .split(/[/\\]/)
    .filter((part) => part !== '' && part !== '.' && part !== '..');

/** A photo's name without its ending; a name that has none of a photo as it is. */
const stemOf = (name: string): string => (isPhotoFile(name, '') ? name.replace(/\.[^.]*$/, '') : name);

/** Folders that hold the photos in one place and their boxes in another, as data sets have them. */
const BESIDE = new Set(['images', 'jpegimages', 'labels', 'annotations', 'xml', 'xmls']);

/** Folders of a path from the last one up, those that only tell photos from boxes left out. */
const foldersOf = (path: string): string[] =>
  partsOf(path)
    .slice(0, -1)
    .filter((part) => !BESIDE.has(part))
    .toReversed();

function sharedFolders(a: readonly string[], b: readonly string[]): number {
  let shared = 0;
  while (shared < a.length && a[shared] === b[shared]) shared++;
  return shared;
}

/** Finds photos by the names that files of boxes have for them. */
export class PhotoFinder {
  private readonly byName = new Map<string, KnownPhoto[]>();
  private readonly byStem = new Map<string, KnownPhoto[]>();

  constructor(photos: readonly KnownPhoto[]) {
    const put = (map: Map<string, KnownPhoto[]>, key: string, photo: KnownPhoto) =>
      map.set(key, [...(map.get(key) ?? []), photo]);
    for (const photo of photos) {
      const names = new Set([photo.name, photo.path].map((path) => partsOf(path).at(-1) ?? ''));
      for (const name of names) put(this.byName, name, photo);
      for (const stem of new Set([...names].map(stemOf))) put(this.byStem, stem, photo);
    }
  }

  /**
   * The photo of a name or path, whatever its letters' case, else one that differs in its ending only. Where several have the name, the one whose
   * folders are those of the path, else those of `near`.
   * @param near path of the file that names it
   * @returns null where there is none; `several` where nothing tells which is meant
   */
  find(wanted: string, near: string): KnownPhoto | 'several' | null {
    const name = partsOf(wanted).at(-1) ?? '';
    const found = this.byName.get(name) ?? this.byStem.get(name) ?? this.byStem.get(stemOf(name)) ?? [];
    const [first] = found;
    if (!first || found.length === 1) return first ?? null;
    for (const folders of [foldersOf(wanted), foldersOf(near)]) {
      const scores = found.map(({ path }) => sharedFolders(foldersOf(path), folders));
      const best = Math.max(...scores);
      const those = found.filter((_photo, i) => scores[i] === best);
      if (best > 0 && those.length === 1) return those[0] ?? null;
    }
    // The very path, where it has no folders.
    return found.find(({ path }) => path === wanted) ?? 'several';
  }
}
