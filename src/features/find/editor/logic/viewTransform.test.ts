import { describe, expect, it } from 'vitest';
import { fitView, panBy, pinch, showBox, STAGE_MARGIN, toPhoto, toScreen, zoomAt } from './viewTransform.ts';

const photo = { width: 6000, height: 4000 };
const stage = { width: 632, height: 632 };

describe('the view of a photo on the stage', () => {
  it('begins with the whole photo in the middle, with room for handles', () => {
    const view = fitView(photo, stage);
    expect(view).toEqual({ scale: 0.1, x: 16, y: 116 });
    expect(fitView({ width: 2, height: 2 }, stage).scale).toBe(32);
  });

  it('keeps what is under the pointer there when zoomed', () => {
    const at = { x: 300, y: 316 };
    let view = fitView(photo, stage);
    const before = toPhoto(view, at);
    for (let i = 0; i < 12; i++) view = zoomAt(view, 1.25, at, photo, stage);
    expect(view.scale).toBeGreaterThan(1);
    expect(toPhoto(view, at).x).toBeCloseTo(before.x, 6);
    expect(toPhoto(view, at).y).toBeCloseTo(before.y, 6);
  });

  it('is never smaller than the whole photo nor larger than 32 px a pixel', () => {
    const fit = fitView(photo, stage);
    expect(zoomAt(fit, 0.01, { x: 0, y: 0 }, photo, stage)).toEqual(fit);
    expect(zoomAt(fit, 1e9, { x: 316, y: 316 }, photo, stage).scale).toBe(32);
  });

  it('does not lose the photo when pushed', () => {
    const large = zoomAt(fitView(photo, stage), 20, { x: 316, y: 316 }, photo, stage);
    expect(panBy(large, 1e6, 1e6, photo, stage)).toMatchObject({ x: STAGE_MARGIN, y: STAGE_MARGIN });
    const far = panBy(large, -1e6, -1e6, photo, stage);
    expect(toScreen(far, [0, 0, 6000, 4000])).toMatchObject({
      x: 632 - STAGE_MARGIN - far.scale * 6000,
      y: 632 - STAGE_MARGIN - far.scale * 4000,
    });
  });

  it('follows two fingers', () => {
    const large = zoomAt(fitView(photo, stage), 10, { x: 316, y: 316 }, photo, stage);
    const held = [
      { x: 200, y: 300 },
      { x: 400, y: 300 },
    ].map((at) => toPhoto(large, at));
    const after = pinch(
      large,
      [
        { x: 200, y: 300 },
        { x: 400, y: 300 },
      ],
      [
        { x: 150, y: 340 },
        { x: 450, y: 340 },
      ],
      photo,
      stage,
    );
    expect(after.scale).toBeCloseTo(1.5 * large.scale, 9);
    expect(toPhoto(after, { x: 150, y: 340 }).x).toBeCloseTo(held[0]?.x ?? 0, 6);
    expect(toPhoto(after, { x: 450, y: 340 }).y).toBeCloseTo(held[1]?.y ?? 0, 6);
  });

  it('moves no more than needed to show a box', () => {
    const large = zoomAt(fitView(photo, stage), 10, { x: 316, y: 316 }, photo, stage);
    expect(showBox(large, [2900, 1900, 3100, 2100], photo, stage)).toBe(large);
    const rect = toScreen(showBox(large, [0, 0, 200, 200], photo, stage), [0, 0, 200, 200]);
    expect([rect.x, rect.y]).toEqual([STAGE_MARGIN, STAGE_MARGIN]);
  });
});
