import { describe, expect, it } from 'vitest';
import { binOnScreen, cellOnScreen, cellsOnScreen, dots, oneCell, overlaps } from './overlayGeometry.ts';
import { panelModel } from '../panelModel.ts';
import { syntheticInspection } from '../syntheticInspection.ts';

const view = { measure: 'strength', channel: 0, classIndex: null } as const;
// 5 rows × 9 columns: a level of 2 overlaps by one row and one column.
const model = panelModel('a', syntheticInspection({ height: 5, width: 9, channels: 6, levels: [2, 1] }), view);
const shown = { width: 90, height: 50 };
const [first] = model.bins;

describe('overlay geometry', () => {
  it('puts cells on the displayed image', () => {
    expect(cellsOnScreen(model, { top: 1, left: 2, bottom: 3, right: 5 }, shown)).toEqual({
      x: 20,
      y: 10,
      width: 30,
      height: 20,
    });
  });

  it('finds the bin whose middle is nearest where two overlap', () => {
    expect(binOnScreen(model, 0, 1, 1, shown)?.index).toBe(0);
    expect(binOnScreen(model, 0, 44, 1, shown)?.index).toBe(0);
    expect(binOnScreen(model, 0, 46, 26, shown)?.index).toBe(3);
    expect(binOnScreen(model, 1, 46, 26, shown)?.index).toBe(4);
    expect(binOnScreen(model, 0, 95, 26, shown)).toBeNull();
  });

  it('finds the cell', () => {
    expect(cellOnScreen(model, 25, 15, shown)).toBe(11);
    expect(oneCell(11, 9)).toEqual({ top: 1, left: 2, bottom: 2, right: 3 });
  });

  it('tells the cells shared with neighbours', () => {
    expect(first && overlaps(model, first)).toEqual([
      { top: 0, left: 4, bottom: 3, right: 5 },
      { top: 2, left: 0, bottom: 3, right: 5 },
      { top: 2, left: 4, bottom: 3, right: 5 },
    ]);
    const even = panelModel('b', syntheticInspection({ height: 4, width: 8, channels: 2, levels: [2] }), view);
    expect(even.bins.flatMap((bin) => overlaps(even, bin))).toEqual([]);
    const tiny = panelModel('c', syntheticInspection({ height: 1, width: 1, channels: 2, levels: [4] }), view);
    expect(tiny.bins.flatMap((bin) => overlaps(tiny, bin))).toEqual([]);
  });

  it('places dots inside the bin, the largest first, and one per bin for a channel', () => {
    const whole = model.bins[4];
    if (!whole) throw new Error('no bin');
    const all = dots(model, whole, null, null);
    expect(all[0]?.size).toBe(1);
    expect(all.every(({ cell, size }) => cell >= 0 && cell < 45 && size <= 1)).toBe(true);
    const channel = model.inspection.vector.subarray(4 * 6).findIndex((value) => value > 0);
    expect(dots(model, whole, channel, null)).toEqual([
      { cell: model.inspection.argmax?.[4 * 6 + channel], size: 0.25 },
    ]);
    expect(dots({ ...model, inspection: { ...model.inspection, argmax: null } }, whole, null, null)).toEqual([]);
  });
});
