import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Box } from '../../../../core/find/boxes.ts';
import { boxBetween, type Handle, LEAST_SIDE, middleBox, moveBox, onAnotherPhoto, resizeBox } from './editBoxes.ts';

const size = { width: 100, height: 60 };

describe('boxes drawn and changed by hand', () => {
  it('lie between dragged corners in whichever order, in whole pixels of the photo', () => {
    expect(boxBetween({ x: 50.4, y: 40.6 }, { x: 10.2, y: -7 }, size)).toEqual([10, 0, 50, 41]);
    expect(boxBetween({ x: 90, y: 50 }, { x: 400, y: 400 }, size)).toEqual([90, 50, 100, 60]);
  });

  it('are not made of a slip of the hand, nor beside the photo', () => {
    expect(boxBetween({ x: 10, y: 10 }, { x: 12, y: 40 }, size)).toBeNull();
    expect(boxBetween({ x: 200, y: 10 }, { x: 300, y: 40 }, size)).toBeNull();
    expect(boxBetween({ x: 0, y: 0 }, { x: 5, y: 1 }, { width: 5, height: 1 })).toEqual([0, 0, 5, 1]);
  });

  it('keep their size when moved against the edge', () => {
    expect(moveBox([10, 10, 30, 20], -50, 3, size)).toEqual([0, 13, 20, 23]);
    expect(moveBox([10, 10, 30, 20], 500, 500, size)).toEqual([80, 50, 100, 60]);
  });

  it.each<[Handle, Box]>([
    ['n', [20, 25, 60, 40]],
    ['ne', [20, 25, 67, 40]],
    ['e', [20, 20, 67, 40]],
    ['se', [20, 20, 67, 45]],
    ['s', [20, 20, 60, 45]],
    ['sw', [27, 20, 60, 45]],
    ['w', [27, 20, 60, 40]],
    ['nw', [27, 25, 60, 40]],
  ])('change by the handle %s', (handle, expected) => {
    expect(resizeBox([20, 20, 60, 40], handle, 7, 5, size)).toEqual(expected);
  });

  it('turn over when a side passes the one opposite', () => {
    expect(resizeBox([20, 20, 60, 40], 'w', 60, 0, size)).toEqual([60, 20, 80, 40]);
    expect(resizeBox([20, 20, 60, 40], 'se', -50, -35, size)).toEqual([10, 5, 20, 20]);
  });

  it('stay in the photo and keep their least side whatever the hand does', () => {
    const side = fc.integer({ min: 1, max: 300 });
    const handle = fc.constantFrom<Handle[]>('n', 'ne', 'e', 'se', 's', 'sw', 'w', 'nw');
    const far = fc.double({ min: -500, max: 500, noNaN: true });
    const unit = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(side, side, handle, far, far, unit, unit, (width, height, handle, dx, dy, u, v) => {
        const photo = { width, height };
        const start = boxBetween({ x: u * width, y: v * height }, { x: width, y: height }, photo) ?? middleBox(photo);
        for (const box of [resizeBox(start, handle, dx, dy, photo), moveBox(start, dx, dy, photo)]) {
          const [left, top, right, bottom] = box;
          expect(box.every(Number.isInteger)).toBe(true);
          expect(left >= 0 && top >= 0 && right <= width && bottom <= height).toBe(true);
          expect(right - left).toBeGreaterThanOrEqual(Math.min(LEAST_SIDE, width));
          expect(bottom - top).toBeGreaterThanOrEqual(Math.min(LEAST_SIDE, height));
        }
      }),
    );
  });

  it('go to the same place of a photo of another size', () => {
    expect(onAnotherPhoto([10, 10, 30, 20], size, size)).toEqual([10, 10, 30, 20]);
    expect(onAnotherPhoto([10, 10, 30, 20], size, { width: 200, height: 30 })).toEqual([20, 5, 60, 10]);
  });
});
