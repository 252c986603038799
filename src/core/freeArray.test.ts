import { expect, it } from 'vitest';
import { freeArray } from './freeArray.ts';

it('gives memory back where the engine can, and is harmless where it cannot', () => {
  const array = new Float32Array(8);
  freeArray(array);
  expect(array.length).toBe('transfer' in ArrayBuffer.prototype ? 0 : 8);
  const shared = new Uint8Array(new SharedArrayBuffer(8));
  freeArray(shared);
  expect(shared.length).toBe(8);
});

it('empties the array by the transfer that newer engines have', () => {
  const lengths: number[] = [];
  const buffer = Object.assign(new ArrayBuffer(8), { transfer: (length: number) => lengths.push(length) });
  freeArray({ buffer });
  expect(lengths).toEqual([0]);
});
