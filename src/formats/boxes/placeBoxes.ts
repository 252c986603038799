import { BoxCollector, type LabelledBox, type PhotoBoxes } from '../../core/find/annotation.ts';
import { messageOf } from '../../core/errors.ts';
import { boxArea, clipBox } from '../../core/find/boxes.ts';
import { readCoco } from './coco.ts';
import { type KnownPhoto, PhotoFinder } from './findPhoto.ts';
import { readVoc } from './voc.ts';
import { readYolo, readYoloNames } from './yolo.ts';

/** A file that may hold boxes. */
export interface BoxFile {
  path: string;
  blob: Blob;
}

/** What files hold for photos that are here. */
export interface PlacedBoxes {
  /** By the photo's id; `complete` is undefined where no file says it. */
  photos: Map<string, { boxes: LabelledBox[]; complete: boolean | undefined }>;
  /** Files that boxes were read from, and boxes that were taken. */
  files: number;
  taken: number;
  /** Boxes of which a part lay outside their photo, and those without extent or outside as a whole. */
  clipped: number;
  dropped: number;
  problems: { file: string; reason: string }[];
}

/** Bytes of one file: the annotations of all of COCO's training photos take 450 MB, those of its validation photos 20. */
const MOST_BYTES = 128e6;
export const BOX_FILE = /\.(xml|json|txt|ya?ml)$/i;
/** Files of names, not of boxes. */
const NAMES_FILE = /(^|\/)(data|dataset)\.ya?ml$|\.ya?ml$|(^|\/)(classes|labels|obj|predefined_classes)\.(txt|names)$/i;

const fileName = (path: string) => path.slice(path.lastIndexOf('/') + 1);

/**
 * Reads boxes from files of PASCAL VOC (XML), COCO (JSON) and YOLO (text, with class names from data.yaml or classes.txt) for photos that are here. A file
 * that is none of these, or wrong, is left out as a whole and named with its reason; so is a photo that is not here, or of another size.
 */
export async function placeBoxes(
  files: readonly BoxFile[],
  photos: readonly KnownPhoto[],
  onProgress: (fraction: number) => void = () => {},
): Promise<PlacedBoxes> {
  const placed: PlacedBoxes = { photos: new Map(), files: 0, taken: 0, clipped: 0, dropped: 0, problems: [] };
  const finder = new PhotoFinder(photos);
  const refuse = (path: string, reason: string) => placed.problems.push({ file: path, reason });
  const texts: { path: string; text: string }[] = [];
  for (const { path, blob } of files) {
    if (blob.size > MOST_BYTES) {
      refuse(path, `it takes ${Math.round(blob.size / 1e6)} MB; at most ${MOST_BYTES / 1e6} MB are read`);
    } else texts.push({ path, text: await blob.text() });
  }
  const names = readNames(
    texts.filter(({ path }) => NAMES_FILE.test(path)),
    refuse,
  );
  const others = texts.filter(({ path }) => !NAMES_FILE.test(path));
  for (const [i, { path, text }] of others.entries()) {
    const into = new BoxCollector();
    try {
      if (/\.xml$/i.test(path)) readVoc(text, fileName(path), into);
      else if (/\.json$/i.test(path)) readCoco(text, path, into);
      else readYoloFile(path, text, finder, names, into);
      place(path, into, finder, placed);
    } catch (error) {
      refuse(path, messageOf(error));
    }
    onProgress((i + 1) / others.length);
  }
  return placed;
}

interface NamesFile {
  folder: string;
  names: Map<number, string>;
}

function readNames(
  files: readonly { path: string; text: string }[],
  refuse: (path: string, reason: string) => void,
): NamesFile[] {
  // data.yaml tells more than classes.txt, and comes first.
  const sorted = files.toSorted((a, b) => Number(/\.txt$/i.test(a.path)) - Number(/\.txt$/i.test(b.path)));
  return sorted.flatMap(({ path, text }) => {
    try {
      const folder = path.slice(0, path.lastIndexOf('/') + 1);
      return [{ folder, names: readYoloNames(text, path) }];
    } catch (error) {
      refuse(path, messageOf(error));
      return [];
    }
  });
}

/** The names that stand in the folder of a file, or in the nearest above it; else the first there are. */
function namesFor(path: string, all: readonly NamesFile[]): ReadonlyMap<number, string> {
  const above = all.filter(({ folder }) => path.startsWith(folder));
  const nearest = above.toSorted((a, b) => b.folder.length - a.folder.length)[0];
  return (nearest ?? all[0])?.names ?? new Map();
}

function readYoloFile(
  path: string,
  text: string,
  finder: PhotoFinder,
  names: readonly NamesFile[],
  into: BoxCollector,
): void {
  const photo = finder.find(fileName(path).replace(/\.txt$/i, ''), path);
  if (photo === null) throw new Error('no photo here has its name');
  if (photo === 'several') throw new Error('several photos here have its name');
  if (photo.width === 0) throw new Error('its photo could not be read');
  readYolo(text, photo.path, photo, namesFor(path, names), into);
}

/** Gives the boxes of one file to the photos that it names. */
function place(file: string, into: BoxCollector, finder: PhotoFinder, placed: PlacedBoxes): void {
  const { photos, clipped, dropped, problems } = into.result();
  placed.problems.push(...problems);
  placed.clipped += clipped;
  placed.dropped += dropped;
  let used = false;
  for (const one of photos) {
    const photo = photoOf(one, file, photos.length, finder);
    if (typeof photo === 'string') {
      placed.problems.push({ file, reason: photo });
      continue;
    }
    used = true;
    const known = placed.photos.get(photo.id) ?? { boxes: [], complete: undefined };
    placed.photos.set(photo.id, known);
    known.complete = one.complete ?? known.complete;
    for (const { label, box } of one.boxes) {
      const kept = clipBox(box, photo);
      if (boxArea(kept) <= 0) {
        placed.dropped++;
        continue;
      }
      if (kept.some((value, side) => value !== box[side])) placed.clipped++;
      if (known.boxes.some((other) => other.label === label && other.box.every((value, i) => value === kept[i])))
        continue;
      known.boxes.push({ label, box: kept });
      placed.taken++;
    }
  }
  if (used) placed.files++;
}

/** The photo that is meant, or why there is none. */
function photoOf({ photo, size }: PhotoBoxes, file: string, count: number, finder: PhotoFinder): KnownPhoto | string {
  // Annotations of one photo bear its name where what they say is another's.
  const own = fileName(file).replace(BOX_FILE, '');
  const found = finder.find(photo, file) ?? (count === 1 ? finder.find(own, file) : null);
  if (found === null) return `no photo here is named “${photo.slice(0, 200)}”`;
  if (found === 'several') return `several photos here are named “${photo.slice(0, 200)}”`;
  if (found.width === 0) return `“${photo.slice(0, 200)}” could not be read`;
  if (size && (size.width !== found.width || size.height !== found.height)) {
    return `its boxes are for ${size.width}×${size.height} pixels, and “${found.name}” has ${found.width}×${found.height}`;
  }
  return found;
}
