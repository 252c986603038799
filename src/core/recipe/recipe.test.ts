import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import golden from '../../../golden/recipe.json' with { type: 'json' };
import { readWhitenings } from './readWhitenings.ts';
import { averageSizes, blocksOf, joinBlocks, PYRAMID_CANDIDATES, recipeLength, whitenPhoto } from './recipe.ts';
import { goldenPooled } from './recipeFixtures.ts';

const file = new Uint8Array(
  readFileSync(new URL('../../../public/models/whitening/whitening.safetensors', import.meta.url)),
);
const whitenings = readWhitenings(file.buffer);

describe('the vector', () => {
  it.each(golden.cases.map((each) => [each.seed, each.pyramid, each] as const))(
    'of golden inputs, seed %i, candidate %i, from the file that ships',
    (seed, pyramid, { length, index, value, norm }) => {
      const vector = joinBlocks(whitenPhoto(goldenPooled(seed), whitenings), PYRAMID_CANDIDATES[pyramid]!);
      expect(vector).toHaveLength(length);
      index.forEach((at, i) => expect(Math.abs(vector[at]! - value[i]!)).toBeLessThan(1e-5));
      expect(Math.abs(Math.hypot(...vector) - norm)).toBeLessThan(1e-5);
    },
  );

  it('has the candidates of the recipe, and the lengths that the blocks add up to', () => {
    expect(PYRAMID_CANDIDATES.map(({ two, four }) => [two, four])).toEqual(golden.pyramids);
    expect(PYRAMID_CANDIDATES.map(recipeLength)).toEqual([2432, 28032, 28032]);
    expect(blocksOf(PYRAMID_CANDIDATES[1]!).map(({ name, start }) => [name, start])).toEqual([
      ['whole', 0],
      ['middle', 1280],
      ['two', 2432],
      ['four', 7552],
    ]);
  });

  it('averages several sizes before the root, and takes the bins from one', () => {
    const [first, second] = [goldenPooled(1), goldenPooled(2)];
    const { whole, middle, two, four } = averageSizes([first, second], second);
    expect(whole[7]).toBeCloseTo((first.whole[7]! + second.whole[7]!) / 2, 6);
    expect(middle[1151]).toBeCloseTo((first.middle[1151]! + second.middle[1151]!) / 2, 6);
    expect([two, four]).toEqual([second.two, second.four]);
    expect(() => averageSizes([], second)).toThrow(/one size or more/);
  });

  it('of nothing is a number, and a block of another length is refused', () => {
    const pooled = goldenPooled(1);
    const empty = whitenPhoto({ ...pooled, whole: new Float32Array(1280) }, whitenings);
    expect(Math.hypot(...empty.whole)).toBeCloseTo(1, 5);
    expect(() => whitenPhoto({ ...pooled, two: new Float32Array(1280) }, whitenings)).toThrow(/takes 5120/);
  });
});

describe('the whitening’s file', () => {
  it('is refused where it is cut off, empty or something else', () => {
    for (const bytes of [new Uint8Array(), file.slice(0, 5), file.slice(0, 100_000), new Uint8Array(64)]) {
      expect(() => readWhitenings(bytes.buffer)).toThrow(expect.objectContaining({ name: 'BadModel' }));
    }
  });
});
