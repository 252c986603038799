import { describe, expect, it } from 'vitest';
import { explanationText } from './explanationText.ts';

describe('explanationText', () => {
  it('speaks of the levels, the pooling and the rule that are chosen', () => {
    const usual = explanationText({ levels: [4, 2, 1], rule: 'adaptive', pooling: 'max' }, 1280);
    expect(usual).toContain('grids of 4×4, 2×2 and 1×1 bins');
    expect(usual).toContain('the maximum of each channel');
    expect(usual).toContain('16 + 4 + 1 = 21 bins');
    expect(usual).toContain('21 × 1,280 = 26,880 values');
    const other = explanationText({ levels: [3, 1], rule: 'paper', pooling: 'mean' }, 1280);
    expect(other).toContain('grids of 3×3 and 1×1 bins');
    expect(other).toContain('the mean of each channel');
    expect(other).toContain('9 + 1 = 10 bins');
    expect(other).toContain('for some sizes of the map only');
    expect(other).not.toMatch(/maximum of each|4×4/);
  });

  it('says of a single bin that places are lost', () => {
    const global = explanationText({ levels: [1], rule: 'adaptive', pooling: 'mean' }, 1280);
    expect(global).toContain('the usual global average');
    expect(global).toContain('there is always 1 bin, so the vector always has 1 × 1,280 = 1,280 values');
    expect(global).toContain('no longer knows where things are');
  });
});
