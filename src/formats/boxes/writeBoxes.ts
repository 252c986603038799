import { stringify } from 'yaml';
import type { PhotoBoxes } from '../../core/find/annotation.ts';
import type { Size } from '../../core/model.ts';
import { csv } from '../tables/csv.ts';
import { safeName, untakenName } from '../safeName.ts';
import { writeCoco } from './coco.ts';
import { writeVoc } from './voc.ts';
import { writeYolo } from './yolo.ts';

export type BoxFormat = 'coco' | 'voc' | 'yolo' | 'csv';

/** Boxes of a photo whose size is known. */
export interface SizedBoxes extends PhotoBoxes {
  size: Size;
}

/**
 * Names under which photos go out: their own where no two share it, else with their folders; plain enough for every system.
 * @returns in the order of the photos
 */
export function photoNames(photos: readonly { name: string; path: string }[]): string[] {
  const counts = new Map<string, number>();
  for (const { name } of photos) counts.set(name.toLowerCase(), (counts.get(name.toLowerCase()) ?? 0) + 1);
  const taken = new Set<string>();
  return photos.map(({ name, path }) => {
    const parts = (counts.get(name.toLowerCase()) ?? 0) > 1 ? path.split('/') : [name];
    return untakenName(parts.map((part) => safeName(part, 'photo')).join('/'), taken);
  });
}

const withoutEnding = (name: string) => name.replace(/\.[^./]{1,8}$/, '');

/** Files of one format for these photos, by path. `photo` is the name of each, `classes` all class names in their order. */
export function boxFiles(
  format: BoxFormat,
  photos: readonly SizedBoxes[],
  classes: readonly string[],
): Record<string, string> {
  if (format === 'coco') return { 'annotations.json': writeCoco(photos) };
  if (format === 'csv') return { 'boxes.csv': boxesCsv(photos) };
  // Two photos may differ in their ending only.
  const taken = new Set<string>();
  const stems = photos.map(({ photo }) => untakenName(withoutEnding(photo), taken, withoutEnding(photo).length));
  if (format === 'voc') {
    return Object.fromEntries(photos.map((photo, i) => [`annotations/${stems[i]}.xml`, writeVoc(photo)]));
  }
  const labels = photos.map((photo, i) => [`labels/${stems[i]}.txt`, writeYolo(photo, photo.size, classes)] as const);
  return {
    'classes.txt': classes.map((name) => `${name.replaceAll(/[\r\n]+/g, ' ')}\n`).join(''),
    'data.yaml': stringify({ path: '.', train: 'images', val: 'images', nc: classes.length, names: [...classes] }),
    ...Object.fromEntries(labels),
  };
}

/** One line a box; photos without any have one line too, without a class. Corners in pixels, half-open. */
function boxesCsv(photos: readonly SizedBoxes[]): string {
  const rows = photos.flatMap(({ photo, size, boxes, complete }) => {
    const about = [size.width, size.height, complete ? 'yes' : 'no'] as const;
    if (boxes.length === 0) return [[photo, null, null, null, null, null, ...about]];
    return boxes.map(({ label, box }) => [photo, label, ...box, ...about]);
  });
  return csv(['photo', 'class', 'left', 'top', 'right', 'bottom', 'photo width', 'photo height', 'complete'], rows);
}
