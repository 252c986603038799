import * as v from 'valibot';
import type { BoxCollector, PhotoBoxes } from '../../core/find/annotation.ts';

const id = v.union([v.number(), v.string()]);
const schema = v.object({
  images: v.array(
    v.object({
      id,
      file_name: v.string(),
      width: v.optional(v.number()),
      height: v.optional(v.number()),
      complete: v.optional(v.boolean()),
    }),
  ),
  annotations: v.array(
    v.object({ image_id: id, category_id: id, bbox: v.optional(v.array(v.number())), iscrowd: v.optional(v.number()) }),
  ),
  categories: v.array(v.object({ id, name: v.string() })),
});

/**
 * Reads COCO's instances (JSON): bbox is [left, top, width, height] in pixels. Crowds are regions of many things and are left out, named as a
 * problem.
 *
 * @throws Error with a reason where it is no such file
 */
export function readCoco(text: string, file: string, into: BoxCollector): void {
  const parsed = v.safeParse(schema, parseJson(text));
  if (!parsed.success) throw new Error(`it has not the shape of COCO's instances (${parsed.issues[0].message})`);
  const { images, annotations, categories } = parsed.output;
  const names = new Map(categories.map(({ id, name }) => [id, name]));
  const photos = new Map(images.map(({ id, file_name }) => [id, file_name]));
  for (const { file_name, width = 0, height = 0, complete } of images) {
    into.photo(file_name, width > 0 && height > 0 ? { width, height } : null, complete);
  }
  let crowds = 0;
  let strays = 0;
  for (const { image_id, category_id, bbox, iscrowd } of annotations) {
    const [photo, label, [left, top, width, height] = []] = [photos.get(image_id), names.get(category_id), bbox];
    if (iscrowd) crowds++;
    else if (photo === undefined || label === undefined || bbox?.length !== 4) strays++;
    else into.add(photo, label, [left ?? 0, top ?? 0, (left ?? 0) + (width ?? 0), (top ?? 0) + (height ?? 0)]);
  }
  if (crowds > 0) into.problem(file, `${crowds} crowd regions hold many things and were left out`);
  if (strays > 0) into.problem(file, `${strays} annotations name no photo, no class or no box and were left out`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('it is no JSON');
  }
}

/** COCO's instances of these photos; ids count from 1, classes in alphabetical order. `complete` of an image is our own. */
export function writeCoco(photos: readonly PhotoBoxes[]): string {
  const names = [...new Set(photos.flatMap(({ boxes }) => boxes.map(({ label }) => label)))].toSorted();
  let annotation = 0;
  return JSON.stringify(
    {
      info: { description: 'Boxes drawn in Anysize' },
      images: photos.map(({ photo, size, complete }, i) => ({
        id: i + 1,
        file_name: photo,
        width: size?.width,
        height: size?.height,
        complete,
      })),
      annotations: photos.flatMap(({ boxes }, i) =>
        boxes.map(({ label, box: [left, top, right, bottom] }) => ({
          id: ++annotation,
          image_id: i + 1,
          category_id: names.indexOf(label) + 1,
          bbox: [left, top, right - left, bottom - top],
          area: (right - left) * (bottom - top),
          iscrowd: 0,
        })),
      ),
      categories: names.map((name, i) => ({ id: i + 1, name })),
    },
    null,
    1,
  );
}
