import { PYRAMID_CANDIDATES, type PyramidWeights } from './recipe.ts';

const NAMES = ['no pyramid', 'weak pyramid', 'strong pyramid'];

/** "no pyramid", "weak pyramid", "strong pyramid"; of other weights the numbers. */
export function gridsWords({ two, four }: PyramidWeights): string {
  const known = PYRAMID_CANDIDATES.findIndex((each) => each.two === two && each.four === four);
  return NAMES[known] ?? `pyramid of 2×2 at ${two} and 4×4 at ${four}`;
}
