import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { assembleSimd } from '../../../tools/assembleSimd.ts';
import golden from '../../../golden/recipe.json' with { type: 'json' };
import { packPhoto, unpackPhoto, vectorOfPacked } from './packedPhoto.ts';
import { readWhitenings } from './readWhitenings.ts';
import { joinBlocks, PYRAMID_CANDIDATES, whitenPhoto } from './recipe.ts';
import { goldenPooled } from './recipeFixtures.ts';
import { RECIPE_MODULE } from './simd/bytes.ts';
import { Whitener } from './whitener.ts';
import type { Whitening } from './whitening.ts';

const file = new Uint8Array(
  readFileSync(new URL('../../../public/models/whitening/whitening.safetensors', import.meta.url)),
);
const whitenings = readWhitenings(file.buffer);
const STRONG = PYRAMID_CANDIDATES[2]!;

it('runs what the source says: simd/bytes.ts is up to date (else: npx tsx tools/buildSimd.ts)', async () => {
  expect(RECIPE_MODULE).toBe((await assembleSimd('recipe')).base64);
});

it.each([true, false])('whitens as the golden answers say, photo after photo, SIMD %s', (simd) => {
  const whitener = Whitener.create(whitenings, simd);
  for (const { seed, pyramid, length, index, value } of golden.cases) {
    const vector = joinBlocks(whitener.whiten(goldenPooled(seed)), PYRAMID_CANDIDATES[pyramid]!);
    expect(vector).toHaveLength(length);
    index.forEach((at, i) => expect(Math.abs(vector[at]! - value[i]!)).toBeLessThan(1e-5));
  }
});

it('gives every value of the float64 form, and only the blocks asked for', () => {
  const whitener = Whitener.create(whitenings);
  const exact = joinBlocks(whitenPhoto(goldenPooled(3), whitenings), STRONG);
  const photo = whitener.whiten(goldenPooled(3));
  joinBlocks(photo, STRONG).forEach((value, d) => {
    if (Math.abs(value - exact[d]!) > 2e-6) expect(value, `value ${d}`).toBe(exact[d]);
  });
  const plain = whitener.whiten(goldenPooled(3), ['whole', 'middle']);
  expect(plain.whole).toEqual(photo.whole);
  expect([plain.two.length, plain.four.length]).toEqual([0, 0]);
  expect(() => whitener.whiten({ ...goldenPooled(1), two: new Float32Array(3) })).toThrow(/takes 5120/);
});

it('keeps a photo as one row that every candidate is made from', async () => {
  const photo = whitenPhoto(goldenPooled(2), whitenings);
  const packed = packPhoto(photo);
  expect(unpackPhoto(packed)).toEqual(photo);
  for (const weights of PYRAMID_CANDIDATES) expect(vectorOfPacked(packed, weights)).toEqual(joinBlocks(photo, weights));
  expect(() => unpackPhoto(packed.subarray(1))).toThrow(/28032/);
});

it('needs more than a byte a direction: with int8 per column the golden vectors are 1e-4 off and more', () => {
  const bytes = (whitening: Whitening): Whitening => {
    const { directions, rank } = whitening;
    const most = new Float64Array(rank);
    directions.forEach((value, at) => (most[at % rank] = Math.max(most[at % rank] ?? 0, Math.abs(value))));
    const rounded = directions.map((value, at) => {
      const step = (most[at % rank] ?? 1) / 127;
      return Math.round(value / step) * step;
    });
    return { ...whitening, directions: rounded };
  };
  const coarse = whitenPhoto(goldenPooled(1), { map: bytes(whitenings.map), middle: bytes(whitenings.middle) });
  const exact = whitenPhoto(goldenPooled(1), whitenings);
  const off = Math.max(...coarse.whole.map((value, d) => Math.abs(value - (exact.whole[d] ?? 0))));
  expect(off).toBeGreaterThan(1e-4);
  expect(off).toBeLessThan(1e-3);
});
