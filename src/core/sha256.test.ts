import { expect, test } from 'vitest';
import { sha256 } from './sha256.ts';

test("the standard's own examples", async () => {
  // FIPS 180-2, appendix B.1, and the hash of nothing.
  expect(await sha256(new TextEncoder().encode('abc'))).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  );
  expect(await sha256(new ArrayBuffer(0))).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
});
