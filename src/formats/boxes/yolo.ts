import { parse } from 'yaml';
import * as v from 'valibot';
import type { BoxCollector, PhotoBoxes } from '../../core/find/annotation.ts';
import type { Size } from '../../core/model.ts';

const names = v.union([v.array(v.string()), v.record(v.string(), v.string())]);

/**
 * Class names of a YOLO data set, by their number: from `data.yaml` (`names`: a list, or numbers to names) or `classes.txt` (one a line).
 * @throws Error with a reason
 */
export function readYoloNames(text: string, file: string): Map<number, string> {
  if (/\.txt$/i.test(file)) {
    const lines = text.split(/\r?\n/).map((line) => line.trim());
    return new Map(lines.flatMap((name, index) => (name ? [[index, name] as const] : [])));
  }
  let data: unknown;
  try {
    data = parse(text, { maxAliasCount: 0, logLevel: 'error' });
  } catch {
    throw new Error('it is no YAML that can be read');
  }
  const parsed = v.safeParse(v.object({ names }), data);
  if (!parsed.success) throw new Error('it has no list “names” of the classes');
  return new Map(Object.entries(parsed.output.names).map(([index, name]) => [Number(index), name]));
}

/**
 * Reads one YOLO label file: a line `class x y width height` per box, centre and sides as shares of the photo.
 *
 * @param photo name of the photo that goes with it; `size` of it, without which shares are no pixels
 * @param classes of {@link readYoloNames}; a class that is not among them is called by its number
 * @throws Error with a reason
 */
export function readYolo(
  text: string,
  photo: string,
  size: Size,
  classes: ReadonlyMap<number, string>,
  into: BoxCollector,
): void {
  into.photo(photo, size);
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (!line.trim()) continue;
    const [label = Number.NaN, x = Number.NaN, y = Number.NaN, width = Number.NaN, height = Number.NaN] = line
      .trim()
      .split(/\s+/)
      .map(Number);
    if (!Number.isInteger(label) || ![x, y, width, height].every(Number.isFinite)) {
      throw new Error(`line ${index + 1} is not “class x y width height”`);
    }
    into.add(photo, classes.get(label) ?? `class ${label}`, [
      (x - width / 2) * size.width,
      (y - height / 2) * size.height,
      (x + width / 2) * size.width,
      (y + height / 2) * size.height,
    ]);
  }
}

/** The label file of one photo whose size is known. @param classes in the order of their numbers */
export function writeYolo({ boxes }: PhotoBoxes, size: Size, classes: readonly string[]): string {
  const share = (value: number) => String(Number(value.toFixed(8)));
  return boxes
    .map(({ label, box: [left, top, right, bottom] }) => {
      const centre = [(left + right) / 2 / size.width, (top + bottom) / 2 / size.height];
      const sides = [(right - left) / size.width, (bottom - top) / size.height];
      return `${classes.indexOf(label)} ${[...centre, ...sides].map(share).join(' ')}\n`;
    })
    .join('');
}
