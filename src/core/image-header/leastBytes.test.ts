import { expect, it } from 'vitest';
import { leastBytes } from './leastBytes.ts';

it('tells a header that claims more than the file can hold from a picture that is really that large', () => {
  // A BMP of 128 bytes that claims 12,885 megapixels, and headers of the hostile set.
  expect(leastBytes('BMP', { width: 113_512, height: 113_512 })).toBeGreaterThan(128);
  expect(leastBytes('PNG', { width: 100_000, height: 100_000 })).toBeGreaterThan(69);
  expect(leastBytes('JPEG', { width: 65_500, height: 65_500 })).toBeGreaterThan(20_205);
  expect(leastBytes('GIF', { width: 65_535, height: 65_535 })).toBeGreaterThan(35);
  // Plain, but there: 1 bit a pixel in 48 kB, 8 bits in 875 kB, 280 megapixels of one colour in a megabyte.
  expect(leastBytes('PNG', { width: 20_000, height: 20_000 })).toBeLessThan(48_685);
  expect(leastBytes('PNG', { width: 65_536, height: 65_536 })).toBeLessThan(521_990);
  expect(leastBytes('JPEG', { width: 20_000, height: 14_000 })).toBeLessThan(1_093_910);
  expect(leastBytes('WebP', { width: 16_383, height: 16_383 })).toBe(0);
});
