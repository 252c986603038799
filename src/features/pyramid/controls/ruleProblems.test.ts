import { describe, expect, it } from 'vitest';
import { ruleProblems } from './ruleProblems.ts';

describe('ruleProblems', () => {
  it('names side, level and the pixels that work', () => {
    expect(ruleProblems({ width: 224, height: 256 }, [4, 2, 1], 'paper')).toEqual([
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
    expect(ruleProblems({ width: 256, height: 320 }, [4, 2, 1], 'paper')).toEqual([]);
  });
});
