import { describe, expect, it } from 'vitest';
import { figureLayout } from './figureLayout.ts';

const LEVELS = [4, 2, 1];

describe('figureLayout', () => {
  it('gives every level a grid of the image’s aspect inside the width, for any width and aspect', () => {
    for (const width of [300, 340, 400, 800, 1200]) {
      for (const aspect of [0.2, 0.6, 1, 1.5, 4]) {
        for (const levels of [[1], LEVELS, [6, 3, 2, 1], [16, 12, 8, 6, 4, 3, 2, 1]]) {
          const { rows, height } = figureLayout({ width, levels, aspects: [aspect], withImage: true });
          const boxes = [rows[0]?.image, ...(rows[0]?.grids ?? [])];
          expect(boxes).toHaveLength(levels.length + 1);
          for (const box of boxes) {
            expect(box).not.toBeNull();
            if (!box) continue;
            expect(box.x).toBeGreaterThanOrEqual(0);
            expect(box.x + box.width).toBeLessThanOrEqual(width + 1);
            expect(box.y + box.height).toBeLessThan(height);
            expect(Math.abs(box.width - box.height * aspect)).toBeLessThanOrEqual(Math.max(1, aspect) + 1);
          }
        }
      }
    }
  });

  it('has the same height for every image', () => {
    const heights = [0.2, 1, 4].map(
      (aspect) => figureLayout({ width: 400, levels: LEVELS, aspects: [aspect], withImage: false }).height,
    );
    expect(new Set(heights).size).toBe(1);
  });

  it('marks the levels on the strip in proportion to their bins', () => {
    const { bands } = figureLayout({ width: 2100, levels: LEVELS, aspects: [1], withImage: false });
    expect(bands.map((band) => [band.x, band.width])).toEqual([
      [0, 1600],
      [1600, 400],
      [2000, 100],
    ]);
  });

  it('keeps labels apart and inside', () => {
    for (const width of [320, 400, 1000]) {
      const { bands } = figureLayout({ width, levels: [6, 3, 2, 1], aspects: [1], withImage: false });
      const xs = bands.map((band) => band.labelX);
      xs.forEach((x, i) => expect((xs[i + 1] ?? width) - x).toBeGreaterThanOrEqual(43));
      expect(Math.min(...xs)).toBeGreaterThanOrEqual(0);
    }
  });

  it('lays the strips of two images of different shape at the same place and width, one under the other', () => {
    const { rows, height } = figureLayout({ width: 400, levels: LEVELS, aspects: [0.5, 3], withImage: true });
    const [a, b] = rows;
    expect(b?.strip.width).toBe(a?.strip.width);
    expect(b?.strip.x).toBe(a?.strip.x);
    expect(b?.strip.y).toBeGreaterThan((a?.strip.y ?? 0) + (a?.strip.height ?? 0));
    expect(a?.ribbons).toHaveLength(21);
    const ends = (path: string): string => path.split(' ').at(-2) ?? '';
    expect(b?.ribbons.map(ends)).toEqual(a?.ribbons.map(ends));
    for (const grid of b?.grids ?? []) expect(grid.y + grid.height).toBeLessThanOrEqual(height);
  });
});

it('very many levels: no label lies on another, and no ribbon runs across a grid', () => {
  const levels = [10, 9, 8, 7, 6, 5, 4, 3, 2, 1];
  const { bands, rows } = figureLayout({ width: 406, levels, aspects: [0.67], withImage: false });
  const labelled = bands.filter((band) => band.labelled);
  expect(labelled.length).toBeGreaterThan(0);
  labelled.forEach((band, i) => {
    expect((labelled[i + 1]?.labelX ?? 406) - band.labelX).toBeGreaterThanOrEqual(48);
  });
  const [row] = rows;
  const lowest = Math.max(...(row?.grids ?? []).map((grid) => grid.y));
  let bin = 0;
  levels.forEach((n, level) => {
    const near = row?.grids[level]?.y === lowest;
    for (let i = 0; i < n * n; i++, bin++) expect(row?.ribbons[bin] !== '').toBe(near);
  });
});
