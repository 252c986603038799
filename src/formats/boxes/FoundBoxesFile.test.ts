import { expect, it } from 'vitest';
import { BoxCollector } from '../../core/find/annotation.ts';
import type { Find } from '../../core/find/model.ts';
import { readCoco } from './coco.ts';
import { FoundBoxesFile } from './FoundBoxesFile.ts';

const size = { width: 640, height: 480 };
const find = (classIndex: number, left: number): Find => ({
  label: '',
  classIndex,
  score: 1.5,
  probability: 0.91234567,
  box: [left, 10, left + 20.5, 40],
});

it('is COCO that our own reader takes, and CSV with every photo', async () => {
  const file = new FoundBoxesFile(['fox', 'raccoon, "red"']);
  file.add('a/1.jpg', size, [find(0, 5), find(1, 100.004)]);
  file.add('=2.jpg', size, []);
  file.fail('3.jpg', 'It is no photo.');
  const into = new BoxCollector();
  const text = await file.coco().text();
  readCoco(text, 'found.json', into);
  const { photos, problems } = into.result();
  expect(problems).toEqual([]);
  expect(photos).toEqual([
    {
      photo: 'a/1.jpg',
      size,
      boxes: [
        { label: 'fox', box: [5, 10, 25.5, 40] },
        { label: 'raccoon, "red"', box: [100, 10, 120.5, 40] },
      ],
    },
    { photo: '=2.jpg', size, boxes: [] },
  ]);
  expect(JSON.parse(text).annotations[0].score).toBe(0.9123);
  const lines = (await file.csv().text()).trimEnd().split('\r\n');
  expect(lines).toHaveLength(5);
  expect(lines[2]).toBe('a/1.jpg,640,480,"raccoon, ""red""",0.9123,1.5,100,10,120.5,40,');
  expect(lines[3]).toBe("'=2.jpg,640,480,,,,,,,,");
  expect(lines[4]).toBe('3.jpg,,,,,,,,,,It is no photo.');
});

it('is an empty list without photos, and whole with thousands', async () => {
  const empty = new FoundBoxesFile(['fox']);
  expect(JSON.parse(await empty.coco().text())).toMatchObject({ images: [], annotations: [] });
  const many = new FoundBoxesFile(['fox']);
  for (let i = 0; i < 5000; i++) many.add(`${i}.jpg`, size, [find(0, i % 600)]);
  const parsed = JSON.parse(await many.coco().text());
  expect([parsed.images.length, parsed.annotations.length]).toEqual([5000, 5000]);
  expect(parsed.annotations.at(-1)).toMatchObject({ id: 5000, image_id: 5000 });
});
