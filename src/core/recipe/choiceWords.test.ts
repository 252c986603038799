import { expect, it } from 'vitest';
import { choiceWords } from './choiceWords.ts';
import type { PyramidChoice } from './choosePyramid.ts';
import { gridsWords } from './gridsWords.ts';
import { PYRAMID_CANDIDATES } from './recipe.ts';

function choice(chosen: number, showing: [error: number, accuracy: number][]): PyramidChoice {
  const candidates = showing.map(([error, accuracy], i) => {
    const best = { lambda: 0.01, error, accuracy };
    return { weights: PYRAMID_CANDIDATES[i]!, curve: [best], best };
  });
  return { chosen, candidates, photos: 120 };
}

it('says that the pyramid helps, by how much, or that none is used', () => {
  expect(
    choiceWords(
      choice(2, [
        [0.4, 0.78],
        [0.39, 0.8],
        [0.37, 0.813],
      ]),
    ),
  ).toBe('The pyramid helps on these photos: right on 81.3 % with it, on 78.0 % without.');
  expect(
    choiceWords(
      choice(0, [
        [0.36, 0.8],
        [0.37, 0.79],
        [0.39, 0.77],
      ]),
    ),
  ).toBe(
    'The pyramid does not help on these 120 photos, and none is used: right on 80.0 % without it, on 79.0 % with a weak pyramid.',
  );
});

it('names the errors where they decide against the shares', () => {
  expect(
    choiceWords(
      choice(1, [
        [0.4, 0.8],
        [0.398, 0.8],
        [0.41, 0.8],
      ]),
    ),
  ).toMatch(/without \(squared error 0.398 against 0.400\)/);
});

it('has names for the candidates, and numbers for other weights', () => {
  expect(PYRAMID_CANDIDATES.map(gridsWords)).toEqual(['no pyramid', 'weak pyramid', 'strong pyramid']);
  expect(gridsWords({ two: 2, four: 0 })).toBe('pyramid of 2×2 at 2 and 4×4 at 0');
});
