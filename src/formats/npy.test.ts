import { describe, expect, it } from 'vitest';
import { npy } from './npy.ts';

function parse(file: Uint8Array): { header: string; start: number; values: number[] } {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const length = view.getUint16(8, true);
  const start = 10 + length;
  const values: number[] = [];
  for (let at = start; at < file.length; at += 4) values.push(view.getFloat32(at, true));
  return { header: new TextDecoder().decode(file.subarray(10, start)), start, values };
}

describe('npy', () => {
  it('writes magic, version, an aligned header and little-endian float32', () => {
    const file = npy(new Float32Array([1.5, -2, 0, 6]), [2, 2]);
    expect([...file.subarray(0, 8)]).toEqual([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]);
    const { header, start, values } = parse(file);
    expect(start % 64).toBe(0);
    expect(header.trimEnd()).toBe("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }");
    expect(header.endsWith('\n')).toBe(true);
    expect(values).toEqual([1.5, -2, 0, 6]);
    expect([...file.subarray(start, start + 4)]).toEqual([0, 0, 0xc0, 0x3f]);
  });

  it('writes a one-axis shape as a tuple', () => {
    expect(parse(npy(new Float32Array(3), [3])).header).toContain("'shape': (3,), ");
  });

  it('aligns the data whatever the length of the shape', () => {
    for (let axes = 1; axes < 40; axes++) {
      const file = npy(
        new Float32Array(1),
        Array.from({ length: axes }, () => 1),
      );
      const { header, start, values } = parse(file);
      expect(start % 64).toBe(0);
      expect(header.length).toBe(start - 10);
      expect(values).toHaveLength(1);
    }
  });

  it('refuses a shape that does not hold the data', () => {
    expect(() => npy(new Float32Array(3), [2, 2])).toThrow(/\(2, 2\) holds 4 values; there are 3/);
  });
});
