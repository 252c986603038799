import { describe, expect, it } from 'vitest';
import { paperProblems } from './paperProblems.ts';

describe('paperProblems', () => {
  it('names side, level and the pixels that work', () => {
    expect(paperProblems({ width: 224, height: 256 }, [4, 2, 1])).toEqual([
      {
        side: 'width',
        cells: 7,
        level: 4,
        bins: 6,
        pixels: [
          { from: 97, to: 160 },
          { from: 225, to: 288 },
        ],
      },
    ]);
  });

  it('is empty where the rule fits', () => {
    expect(paperProblems({ width: 256, height: 320 }, [4, 2, 1])).toEqual([]);
  });
});
