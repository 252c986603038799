import { describe, expect, it } from 'vitest';
import { blobArgument, levelsArgument, mapArgument, windowsArgument } from './consoleArguments.ts';

const named = expect.objectContaining({ name: 'BadArgument' });

describe('what consoles and outside checks hand over', () => {
  it('takes windows as rows, as rows of typed arrays, flat, and as a tensor', () => {
    const rows = [
      [0, 0, 5, 7],
      [1, 2, 3, 4],
    ];
    expect(windowsArgument(rows)).toEqual(rows);
    expect(windowsArgument(rows.map((row) => Int32Array.from(row)))).toEqual(rows);
    expect(windowsArgument(Int32Array.from(rows.flat()))).toEqual(rows);
    expect(windowsArgument({ shape: [2, 4], data: rows.flat() })).toEqual(rows);
    expect(windowsArgument([])).toEqual([]);
  });

  it('refuses other windows by name', () => {
    for (const windows of [null, 7, 'all', [1, 2, 3, 4], [[1, 2, 3]], [['a', 0, 1, 1]], new Int32Array(3), {}]) {
      expect(() => windowsArgument(windows)).toThrow(named);
    }
  });

  it('takes a map with any list of numbers', () => {
    expect(mapArgument({ shape: [1, 1, 2], data: [1, 2] })).toEqual({ shape: [1, 1, 2], data: Float32Array.of(1, 2) });
    expect(mapArgument({ shape: Int32Array.of(1, 1, 2), data: Float64Array.of(1, 2) }).shape).toEqual([1, 1, 2]);
  });

  it('refuses what is no map, no list of levels, no image', () => {
    for (const map of [undefined, null, 'map', {}, { shape: [1, 1, 1] }, { shape: 'x', data: [1] }]) {
      expect(() => mapArgument(map)).toThrow(named);
    }
    expect(() => levelsArgument(4)).toThrow(named);
    expect(levelsArgument(Int32Array.of(2, 1))).toEqual([2, 1]);
    for (const blob of [undefined, null, 'photo.jpg', [new Blob()], new ArrayBuffer(4)]) {
      expect(() => blobArgument(blob)).toThrow(named);
    }
    expect(() => blobArgument('photo.jpg')).toThrow(/got string/);
  });
});
