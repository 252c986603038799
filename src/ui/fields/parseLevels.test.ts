import { describe, expect, it } from 'vitest';
import { parseLevels } from './parseLevels.ts';

describe('parseLevels', () => {
  it('reads commas, spaces and brackets', () => {
    expect(parseLevels('4, 2, 1')).toEqual([4, 2, 1]);
    expect(parseLevels(' [6 3 2 1] ')).toEqual([6, 3, 2, 1]);
    expect(parseLevels('5')).toEqual([5]);
  });

  it('says what is wrong', () => {
    expect(() => parseLevels('')).toThrow('at least one level');
    expect(() => parseLevels('4, x')).toThrow('“x” is no whole number');
    expect(() => parseLevels('4, 2.5')).toThrow('“2.5” is no whole number');
    expect(() => parseLevels('17')).toThrow('from 1 to 16; got 17');
    expect(() => parseLevels('0, 1')).toThrow('from 1 to 16; got 0');
    expect(() => parseLevels('2, 2')).toThrow('each level may appear once');
  });
});
