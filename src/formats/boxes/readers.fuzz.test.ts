import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { fuzzRuns } from '../../../tools/fuzzRuns.ts';
import type { KnownPhoto } from './findPhoto.ts';
import { placeBoxes } from './placeBoxes.ts';
import { boxFiles, type BoxFormat } from './writeBoxes.ts';

const PHOTOS: KnownPhoto[] = [
  { id: '1', name: 'a.jpg', path: 'set/a.jpg', width: 640, height: 480 },
  { id: '2', name: 'b.png', path: 'set/b.png', width: 1, height: 5000 },
];
const SCENES = PHOTOS.map(({ name, width, height }) => ({
  photo: name,
  size: { width, height },
  boxes: [{ label: 'cat', box: [0, 0.25, 1, 40] as const }],
  complete: true,
}));

/** Whatever comes of it: boxes that lie in photos that are here, all counted, and every file that was not taken named. */
async function holds(files: Record<string, string>): Promise<void> {
  const given = Object.entries(files).map(([path, text]) => ({ path, blob: new Blob([text]) }));
  const { photos, taken, problems } = await placeBoxes(given, PHOTOS);
  let boxes = 0;
  for (const [id, one] of photos) {
    const photo = PHOTOS.find((known) => known.id === id);
    for (const { label, box } of one.boxes) {
      boxes++;
      expect(label.trim()).not.toBe('');
      const [left, top, right, bottom] = box;
      expect(box.every(Number.isFinite)).toBe(true);
      expect(left >= 0 && top >= 0 && right <= (photo?.width ?? 0) && bottom <= (photo?.height ?? 0)).toBe(true);
      expect(right > left && bottom > top).toBe(true);
    }
  }
  expect(taken).toBe(boxes);
  for (const { file, reason } of problems) expect([file in files, reason.length > 0]).toEqual([true, true]);
}

const FORMATS: BoxFormat[] = ['voc', 'coco', 'yolo'];

test.each(FORMATS)('%s with anything put in, taken out or changed: read or refused by name', async (format) => {
  const files = boxFiles(format, SCENES, ['cat']);
  const paths = Object.keys(files);
  const pieces = [
    '<',
    '&x;',
    '<!DOCTYPE a>',
    '-',
    'NaN',
    '1e999',
    '999999999999',
    '"',
    '}',
    '[',
    '\n',
    '\0',
    '__proto__',
    ' 0 ',
    '\u{1F600}',
  ];
  const edit = fc.tuple(fc.nat(), fc.nat(12), fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 6 })));
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...paths), fc.array(edit, { minLength: 1, maxLength: 4 }), async (path, edits) => {
      let text = files[path] ?? '';
      for (const [at, cut, put] of edits) {
        const place = at % (text.length + 1);
        text = text.slice(0, place) + put + text.slice(place + cut);
      }
      await holds({ ...files, [path]: text });
    }),
    { numRuns: fuzzRuns(60) },
  );
});

test('any text under any ending: read or refused by name', async () => {
  const name = fc.constantFrom('a.xml', 'a.json', 'a.txt', 'classes.txt', 'data.yaml', 'set/b.xml');
  const text = fc.oneof(fc.string({ maxLength: 200 }), fc.json(), fc.string({ unit: 'binary', maxLength: 60 }));
  await fc.assert(fc.asyncProperty(fc.dictionary(name, text, { maxKeys: 4 }), holds), { numRuns: fuzzRuns(60) });
});

test('any field of COCO made anything: read or refused by name', async () => {
  const whole: unknown = JSON.parse(boxFiles('coco', SCENES, ['cat'])['annotations.json'] ?? '');
  const paths: string[][] = [];
  const walk = (value: unknown, path: string[]) => {
    if (path.length > 0) paths.push(path);
    if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) walk(inner, [...path, key]);
    }
  };
  walk(whole, []);
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...paths), fc.jsonValue(), async (path, value) => {
      const copy = structuredClone(whole) as Record<string, unknown>;
      const parent = path.slice(0, -1).reduce((at, key) => at[key] as Record<string, unknown>, copy);
      parent[path.at(-1) ?? ''] = value;
      await holds({ 'c.json': JSON.stringify(copy) });
    }),
    { numRuns: fuzzRuns(60) },
  );
});
