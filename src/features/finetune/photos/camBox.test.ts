import { expect, test } from 'vitest';
import { camBox } from './camBox.ts';

const facts = { width: 800, height: 600, format: 'JPEG', bytes: 1 };

test('an input of whole cells covers the image exactly', () => {
  const box = camBox({
    map: { width: 10, height: 8 },
    source: { x: 0, y: 0, width: 800, height: 600 },
    input: { width: 320, height: 256 },
    facts,
  });
  expect(box).toEqual({ left: 0, top: 0, width: 1, height: 1, keptWidth: 1, keptHeight: 1 });
});

test('the last cells reach beyond the input and are cut off there', () => {
  const box = camBox({
    map: { width: 11, height: 9 },
    source: { x: 0, y: 0, width: 800, height: 600 },
    input: { width: 346, height: 260 },
    facts,
  });
  expect(box.width).toBeCloseTo((11 * 32) / 346, 12);
  expect(box.width * box.keptWidth).toBeCloseTo(1, 12);
  expect(box.height * box.keptHeight).toBeCloseTo(1, 12);
});

test('a centre crop puts the cells over the crop', () => {
  const box = camBox({
    map: { width: 7, height: 7 },
    source: { x: 137.5, y: 37.5, width: 525, height: 525 },
    input: { width: 224, height: 224 },
    facts,
  });
  expect([box.left * 800, box.top * 600, box.width * 800, box.height * 600]).toEqual([137.5, 37.5, 525, 525]);
});
