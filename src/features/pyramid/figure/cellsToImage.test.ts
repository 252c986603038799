import { describe, expect, it } from 'vitest';
import { cellsToImage, cellsToInput, imageToCell, mapSize } from './cellsToImage.ts';

const whole = { source: { x: 0, y: 0, width: 800, height: 400 }, input: { width: 400, height: 200 } };
const crop = { source: { x: 100, y: 0, width: 400, height: 400 }, input: { width: 224, height: 224 } };
const warp = { source: { x: 0, y: 0, width: 800, height: 400 }, input: { width: 224, height: 224 } };

describe('mapSize', () => {
  it('is ceil(side / 32)', () => {
    expect(mapSize({ width: 224, height: 225 })).toEqual({ width: 7, height: 8 });
    expect(mapSize({ width: 1, height: 32 })).toEqual({ width: 1, height: 1 });
  });
});

describe('cellsToInput', () => {
  it('covers 32 pixels a cell and cuts the last row and column at the edge', () => {
    expect(cellsToInput({ top: 0, left: 1, bottom: 2, right: 3 }, whole.input)).toEqual({
      x: 32,
      y: 0,
      width: 64,
      height: 64,
    });
    expect(cellsToInput({ top: 6, left: 12, bottom: 7, right: 13 }, whole.input)).toEqual({
      x: 384,
      y: 192,
      width: 16,
      height: 8,
    });
  });
});

describe('cellsToImage', () => {
  it('scales back to the image’s own pixels', () => {
    expect(cellsToImage({ top: 0, left: 1, bottom: 2, right: 3 }, whole)).toEqual({
      x: 64,
      y: 0,
      width: 128,
      height: 128,
    });
    expect(cellsToImage({ top: 0, left: 0, bottom: 7, right: 13 }, whole)).toEqual({
      x: 0,
      y: 0,
      width: 800,
      height: 400,
    });
  });

  it('stays inside the part that crop keeps', () => {
    expect(cellsToImage({ top: 0, left: 0, bottom: 7, right: 7 }, crop)).toEqual(crop.source);
  });

  it('stretches back what warp squashed', () => {
    const rect = cellsToImage({ top: 0, left: 0, bottom: 1, right: 1 }, warp);
    expect(rect.width).toBeCloseTo(800 / 7, 9);
    expect(rect.height).toBeCloseTo(400 / 7, 9);
  });
});

describe('imageToCell', () => {
  it('is the way back', () => {
    expect(imageToCell(64, 128, whole)).toEqual({ row: 2, column: 1 });
    expect(imageToCell(799.999, 399.999, whole)?.row).toBeCloseTo(6.25, 3);
    expect(imageToCell(300, 200, crop)).toEqual({ row: 3.5, column: 3.5 });
  });

  it('is null outside the kept part', () => {
    expect(imageToCell(99, 10, crop)).toBeNull();
    expect(imageToCell(500, 10, crop)).toBeNull();
    expect(imageToCell(10, -1, whole)).toBeNull();
  });
});
