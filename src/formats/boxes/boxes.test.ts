import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BoxCollector, type PhotoBoxes } from '../../core/find/annotation.ts';
import { readCoco, writeCoco } from './coco.ts';
import { readVoc, writeVoc } from './voc.ts';
import { readYolo, readYoloNames, writeYolo } from './yolo.ts';

const SIZE = { width: 640, height: 480 };
const PHOTO: PhotoBoxes = {
  photo: 'a & b <1>.jpg',
  size: SIZE,
  boxes: [
    { label: 'raccoon', box: [10, 20, 110, 220] },
    { label: 'cat "Tom"', box: [0, 0, 640, 480] },
    { label: 'raccoon', box: [1.5, 2.25, 3.5, 9] },
  ],
  complete: false,
};

function collected(read: (into: BoxCollector) => void) {
  const into = new BoxCollector();
  read(into);
  return into.result();
}

describe('what is written reads back', () => {
  test('VOC', () => {
    expect(collected((into) => readVoc(writeVoc(PHOTO), 'x.xml', into)).photos).toEqual([PHOTO]);
  });

  test('COCO', () => {
    expect(collected((into) => readCoco(writeCoco([PHOTO]), 'x.json', into)).photos).toEqual([PHOTO]);
  });

  test('YOLO', () => {
    const classes = ['raccoon', 'cat "Tom"'];
    const text = writeYolo(PHOTO, SIZE, classes);
    const { photos } = collected((into) => readYolo(text, PHOTO.photo, SIZE, new Map(classes.entries()), into));
    expect(photos[0]?.boxes.map(({ label }) => label)).toEqual(PHOTO.boxes.map(({ label }) => label));
    photos[0]?.boxes.forEach(({ box }, i) =>
      box.forEach((value, side) => expect(value).toBeCloseTo(PHOTO.boxes[i]!.box[side]!, 4)),
    );
  });
});

const voc = (object: string, size = '<size><width>100</width><height>50</height></size>') =>
  `<annotation><filename>p.jpg</filename>${size}<object><name>dog</name><bndbox>${object}</bndbox></object></annotation>`;
const sides = (a: number, b: number, c: number, d: number) =>
  `<xmin>${a}</xmin><ymin>${b}</ymin><xmax>${c}</xmax><ymax>${d}</ymax>`;

test('corners of VOC count from 1 and include the last pixel', () => {
  const { photos } = collected((into) => readVoc(voc(sides(1, 1, 100, 50)), 'p.xml', into));
  expect(photos).toEqual([
    { photo: 'p.jpg', size: { width: 100, height: 50 }, boxes: [{ label: 'dog', box: [0, 0, 100, 50] }] },
  ]);
});

test('boxes outside the photo are clipped and counted, those without extent dropped and counted', () => {
  const clipped = collected((into) => readVoc(voc(sides(90, 40, 130, 70)), 'p.xml', into));
  expect(clipped).toMatchObject({ clipped: 1, dropped: 0, photos: [{ boxes: [{ box: [89, 39, 100, 50] }] }] });
  const dropped = collected((into) => readVoc(voc(sides(30, 30, 20, 20)), 'p.xml', into));
  expect(dropped).toMatchObject({ clipped: 0, dropped: 1, photos: [{ boxes: [] }] });
  const outside = collected((into) => readVoc(voc(sides(300, 30, 400, 40)), 'p.xml', into));
  expect(outside).toMatchObject({ dropped: 1 });
});

test.each([
  ['no XML', 'nothing', /well-formed/],
  ['another XML', '<svg/>', /no PASCAL VOC/],
  ['entities', '<!DOCTYPE a [<!ENTITY b "c">]><annotation>&b;</annotation>', /document type/],
  ['corners that are no numbers', voc(sides(1, 1, 5, 5).replace('>5<', '>five<')), /no numbers/],
  ['no name', voc(sides(1, 1, 5, 5)).replace('dog', ' '), /no class name/],
])('VOC with %s is refused by its reason', (_, text, reason) => {
  expect(() => readVoc(text, 'p.xml', new BoxCollector())).toThrow(reason);
});

test('COCO: crowds and strays are left out by name', () => {
  const file = {
    images: [{ id: 1, file_name: 'p.jpg', width: 100, height: 50 }],
    categories: [{ id: 7, name: 'dog' }],
    annotations: [
      { image_id: 1, category_id: 7, bbox: [10, 10, 20, 20] },
      { image_id: 1, category_id: 7, bbox: [10, 10, 20, 20], iscrowd: 1 },
      { image_id: 2, category_id: 7, bbox: [10, 10, 20, 20] },
    ],
  };
  const { photos, problems } = collected((into) => readCoco(JSON.stringify(file), 'c.json', into));
  expect(photos[0]?.boxes).toEqual([{ label: 'dog', box: [10, 10, 30, 30] }]);
  expect(problems.map(({ reason }) => reason)).toEqual([
    expect.stringMatching(/1 crowd/),
    expect.stringMatching(/1 annotations name no photo/),
  ]);
  expect(() => readCoco('{}', 'c.json', new BoxCollector())).toThrow(/COCO/);
  expect(() => readCoco('{', 'c.json', new BoxCollector())).toThrow(/no JSON/);
});

test('names of YOLO classes, from classes.txt and from both forms of data.yaml', () => {
  const both = new Map([
    [0, 'cat'],
    [1, 'dog'],
  ]);
  expect(readYoloNames('cat\r\ndog\r\n', 'classes.txt')).toEqual(both);
  expect(readYoloNames('nc: 2\nnames: [cat, dog]', 'data.yaml')).toEqual(both);
  expect(readYoloNames('names:\n  0: cat\n  1: dog\n', 'data.yaml')).toEqual(both);
  expect(() => readYoloNames('path: x', 'data.yaml')).toThrow(/names/);
  expect(() => readYoloNames('a: &a [1]\nnames: *a', 'data.yaml')).toThrow();
});

test('a YOLO line that is none is refused by its number', () => {
  const read = (text: string) => readYolo(text, 'p.jpg', SIZE, new Map(), new BoxCollector());
  expect(() => read('0 0.5 0.5 0.1 0.1\n0 0.5 zero 0.1 0.1')).toThrow(/line 2/);
  expect(() => read('0 0.5')).toThrow(/line 1/);
});

test('whatever stands in a file, it is read or refused with an Error, and boxes lie in their photos', () => {
  const text = fc.oneof(
    fc.string({ maxLength: 200 }),
    fc.json(),
    fc.tuple(fc.integer(), fc.integer(), fc.integer(), fc.integer()).map((corners) => voc(sides(...corners))),
  );
  fc.assert(
    fc.property(text, (content) => {
      for (const read of [readVoc, readCoco]) {
        const into = new BoxCollector();
        try {
          read(content, 'f', into);
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
        }
        for (const { size, boxes } of into.result().photos) {
          for (const { box } of boxes) if (size) expect(box[2]).toBeLessThanOrEqual(size.width);
        }
      }
    }),
    { numRuns: Number(process.env['ANYSIZE_LONG'] ? 5000 : 300) },
  );
});
