import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fileName, fromBytes, toBytes } from './vectorFiles.ts';

const vectorOf = fc.float32Array({ minLength: 1, maxLength: 50 });

test('a vector comes back bit by bit', () => {
  fc.assert(
    fc.property(vectorOf, (vector) => {
      const whole = new Float32Array(vector.length + 3);
      whole.set(vector, 2);
      // Also as a view into a larger buffer.
      const view = whole.subarray(2, 2 + vector.length);
      expect(new Uint8Array(fromBytes(toBytes(view).buffer)!.buffer)).toEqual(new Uint8Array(vector.slice().buffer));
    }),
  );
});

test('a file that was cut short or changed is no vector', () => {
  fc.assert(
    fc.property(vectorOf, fc.nat(), fc.integer({ min: 1, max: 255 }), (vector, at, flip) => {
      const bytes = toBytes(vector);
      expect(fromBytes(bytes.slice(0, at % bytes.length).buffer)).toBeNull();
      bytes[at % bytes.length]! ^= flip;
      expect(fromBytes(bytes.buffer)).toBeNull();
    }),
  );
});

test('a file of zeros, as a power cut leaves one, is no vector', () => {
  for (const length of [1, 2, 26_880]) expect(fromBytes(new ArrayBuffer(4 * length + 4))).toBeNull();
});

test('keys that differ a little have other file names', () => {
  const names = new Set(Array.from({ length: 50_000 }, (_, i) => fileName(`["abc",{"side":${i}}]|4,2,1`)));
  expect(names.size).toBe(50_000);
  expect([...names].every((name) => /^[0-9a-z]+-[0-9a-z]+$/.test(name))).toBe(true);
});
