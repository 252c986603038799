import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readHeader } from '../../core/image-header/header.ts';
import type { KnownPhoto } from './findPhoto.ts';
import { placeBoxes, type PlacedBoxes } from './placeBoxes.ts';
import { boxFiles, type BoxFormat, photoNames, type SizedBoxes } from './writeBoxes.ts';

const known = (id: string, path: string, width = 100, height = 50): KnownPhoto => ({
  id,
  name: path.slice(path.lastIndexOf('/') + 1),
  path,
  width,
  height,
});

const place = (files: Record<string, string>, photos: readonly KnownPhoto[]): Promise<PlacedBoxes> =>
  placeBoxes(
    Object.entries(files).map(([path, text]) => ({ path, blob: new Blob([text]) })),
    photos,
  );

const voc = (
  name: string,
  width = 100,
  height = 50,
  sides = '<xmin>1</xmin><ymin>1</ymin><xmax>10</xmax><ymax>10</ymax>',
) =>
  `<annotation><filename>${name}</filename><size><width>${width}</width><height>${height}</height></size>
   <object><name>dog</name><bndbox>${sides}</bndbox></object></annotation>`;

const DOG = { label: 'dog', box: [0, 0, 10, 10] };

describe('a photo is found by the name that a file has for it', () => {
  test.each([
    ['its name', 'a.jpg', 'x.xml'],
    ['its path', '/home/me/set/A.JPG', 'x.xml'],
    ['a path of Windows', 'C:\\set\\a.jpg', 'x.xml'],
    ['its name with another ending', 'a.png', 'x.xml'],
    ['its name without an ending', 'a', 'x.xml'],
    ["the annotation's own name", 'what.jpg', 'set/a.xml'],
  ])('%s', async (_what, name, file) => {
    const { photos, problems } = await place({ [file]: voc(name) }, [known('1', 'set/a.jpg'), known('2', 'set/b.jpg')]);
    expect(problems).toEqual([]);
    expect([...photos]).toEqual([['1', { boxes: [DOG], complete: undefined }]]);
  });

  test('of two with one name, the one in the folder that is meant', async () => {
    const photos = [known('1', 'set/train/images/a.jpg'), known('2', 'set/val/images/a.jpg')];
    const files = { 'set/val/labels/a.txt': '0 0.05 0.1 0.1 0.2', 'set/data.yaml': 'names: [dog]' };
    expect([...(await place(files, photos)).photos]).toEqual([['2', { boxes: [DOG], complete: undefined }]]);
    const unclear = await place({ 'a.xml': voc('a.jpg') }, photos);
    expect(unclear.problems).toEqual([{ file: 'a.xml', reason: 'several photos here are named “a.jpg”' }]);
  });
});

test('YOLO takes the names that stand nearest, data.yaml before classes.txt', async () => {
  const files = {
    'one/labels/a.txt': '0 0.05 0.1 0.1 0.2',
    'one/classes.txt': 'cat\n',
    'two/labels/b.txt': '0 0.05 0.1 0.1 0.2\n1 0.5 0.5 0.1 0.1\n',
    'two/classes.txt': 'bird\n',
    'two/data.yaml': 'names:\n  0: dog\n',
  };
  const {
    photos,
    files: read,
    taken,
  } = await place(files, [known('1', 'one/images/a.jpg'), known('2', 'two/images/b.jpg')]);
  expect([read, taken]).toEqual([2, 3]);
  expect(photos.get('1')?.boxes.map(({ label }) => label)).toEqual(['cat']);
  expect(photos.get('2')?.boxes.map(({ label }) => label)).toEqual(['dog', 'class 1']);
});

test('what is clipped and dropped is counted, what is refused is named with its reason, and the rest is taken', async () => {
  const files = {
    'a.xml': voc('a.jpg', 100, 50, '<xmin>91</xmin><ymin>41</ymin><xmax>200</xmax><ymax>200</ymax>'),
    'b.xml': voc('b.jpg', 300, 200),
    'c.xml': voc('gone.jpg'),
    'd.xml': '<!DOCTYPE x [<!ENTITY e "f">]><annotation>&e;</annotation>',
    'e.json': '{"images": 3}',
    'f.txt': 'some words',
    'a.txt': '0 0.5 0.5 zero 0.1',
    'odd.yaml': 'a: &a [1]\nnames: *a',
    'g.xml': voc('a.jpg', 0, 0, '<xmin>30</xmin><ymin>30</ymin><xmax>20</xmax><ymax>20</ymax>'),
    'h.xml': voc('broken.jpg'),
  };
  const photos = [known('1', 'a.jpg'), known('2', 'b.jpg'), known('3', 'broken.jpg', 0, 0)];
  const { photos: placed, taken, clipped, dropped, problems } = await place(files, photos);
  expect([taken, clipped, dropped]).toEqual([1, 1, 1]);
  expect(placed.get('1')?.boxes).toEqual([{ label: 'dog', box: [90, 40, 100, 50] }]);
  expect(Object.fromEntries(problems.map(({ file, reason }) => [file, reason]))).toEqual({
    'b.xml': 'its boxes are for 300×200 pixels, and “b.jpg” has 100×50',
    'c.xml': 'no photo here is named “gone.jpg”',
    'd.xml': expect.stringContaining('document type'),
    'e.json': expect.stringContaining('COCO'),
    'f.txt': 'no photo here has its name',
    'a.txt': expect.stringContaining('line 1'),
    'odd.yaml': expect.stringContaining('YAML'),
    'h.xml': '“broken.jpg” could not be read',
  });
});

test('a box that two files have is taken once', async () => {
  const { photos, taken } = await place({ 'a.xml': voc('a.jpg'), 'again/a.xml': voc('a.jpg') }, [known('1', 'a.jpg')]);
  expect([taken, photos.get('1')?.boxes]).toEqual([1, [DOG]]);
});

describe('what goes out comes back without loss', () => {
  const rows = [
    known('1', 'set/a & b.jpg', 640, 480),
    known('2', 'one/1.jpg', 37, 5001),
    known('3', 'two/1.JPG', 300, 200),
  ];
  const names = photoNames(rows);
  const photos = rows.map((row, i): SizedBoxes => {
    const boxes = [
      { label: 'cat "Tom" #1: ', box: [1 / 3, 0, 20.5, 4.125] as const },
      { label: '花', box: [0, 0, row.width, row.height] as const },
    ].map((one) => ({ ...one, label: one.label.trim() }));
    return { photo: names[i] ?? '', size: row, boxes: i === 1 ? [] : boxes, complete: i > 0 };
  });
  const classes = ['花', 'unused', 'cat "Tom" #1:'];

  test('names are their own where no two share one, and plain', () => {
    expect(names).toEqual(['a & b.jpg', 'one/1.jpg', 'two/1.JPG']);
    expect(photoNames([known('1', '../../x:y.jpg'), known('2', 'CON.jpg'), known('3', 'con.jpg')])).toEqual([
      'x_y.jpg',
      '_CON.jpg',
      '_con 2.jpg',
    ]);
  });

  test.each<BoxFormat>(['coco', 'voc', 'yolo'])('%s', async (format) => {
    const files = boxFiles(format, photos, classes);
    const back = await place(files, rows);
    expect([back.problems, back.clipped, back.dropped]).toEqual([[], 0, 0]);
    expect(back.photos.size).toBe(3);
    for (const [i, { id }] of rows.entries()) {
      const { boxes = [], complete } = back.photos.get(id) ?? {};
      if (format === 'yolo') expect(complete).toBeUndefined();
      else expect(complete).toBe(photos[i]?.complete);
      expect(boxes.map(({ label }) => label)).toEqual(photos[i]?.boxes.map(({ label }) => label));
      const far = boxes.flatMap(({ box }, k) =>
        box.map((value, side) => Math.abs(value - (photos[i]?.boxes[k]?.box[side] ?? NaN))),
      );
      // Shares of the sides have eight digits in YOLO; corners count from 1 in VOC.
      expect(Math.max(0, ...far)).toBeLessThan(format === 'coco' ? 1e-12 : format === 'voc' ? 1e-9 : 1e-4);
    }
  });

  test('a table has a line a box, and one for a photo without', () => {
    const { 'boxes.csv': text = '' } = boxFiles('csv', photos, classes);
    expect(text.trim().split('\r\n')).toHaveLength(1 + 2 + 1 + 2);
    expect(text).toContain('one/1.jpg,,,,,,37,5001,yes\r\n');
  });
});

const DETECT = join(resolve(process.env['ANYSIZE_SHARED'] ?? '../shared'), 'detect');
describe.skipIf(!existsSync(DETECT))('real data sets', () => {
  test('every box of 160 photos of raccoons is taken', async () => {
    const folder = join(DETECT, 'raccoon');
    const all = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    const photos = await Promise.all(
      all
        .filter((path) => /\.jpe?g$/i.test(path))
        .map(async (path) => {
          const { width, height } = await readHeader(new Blob([readFileSync(join(folder, path))]), path);
          return known(path, path, width, height);
        }),
    );
    const xml = all.filter((path) => path.endsWith('.xml'));
    const { problems, files, taken } = await place(
      Object.fromEntries(xml.map((path) => [path, readFileSync(join(folder, path), 'utf8')])),
      photos,
    );
    expect(problems).toEqual([]);
    expect([files, photos.length]).toEqual([160, 160]);
    expect(taken).toBeGreaterThanOrEqual(160);
  });

  test('every box of the photos of COCO is taken, crowds aside', async () => {
    const folder = join(DETECT, 'coco');
    const listed = JSON.parse(readFileSync(join(folder, 'annotations.json'), 'utf8')) as {
      file: string;
      w: number;
      h: number;
      boxes: { label: string; bbox: number[]; iscrowd: number }[];
    }[];
    const labels = [...new Set(listed.flatMap(({ boxes }) => boxes.map(({ label }) => label)))];
    const text = JSON.stringify({
      images: listed.map(({ file, w: width, h: height }, id) => ({ id, file_name: file, width, height })),
      annotations: listed.flatMap(({ boxes }, image_id) =>
        boxes.map(({ label, bbox, iscrowd }) => ({ image_id, category_id: labels.indexOf(label), bbox, iscrowd })),
      ),
      categories: labels.map((name, id) => ({ id, name })),
    });
    const crowds = listed.flatMap(({ boxes }) => boxes).filter(({ iscrowd }) => iscrowd === 1).length;
    const names = readdirSync(join(folder, 'images'));
    const photos = await Promise.all(
      names.map(async (name) => {
        const { width, height } = await readHeader(new Blob([readFileSync(join(folder, 'images', name))]), name);
        return known(name, name, width, height);
      }),
    );
    const { problems, taken, photos: placed } = await place({ 'annotations.json': text }, photos);
    expect(problems.filter(({ reason }) => !/crowd/.test(reason))).toEqual([]);
    expect([placed.size, taken + crowds]).toEqual([38, 223]);
  });
});
