import type { Find, Finder } from '../../../core/find/model.ts';
import { plattProbability } from '../../../core/find/platt.ts';

/** From which probability finds are shown; null: from each class's own best threshold. */
export type Threshold = number | null;

type Judging = Pick<Finder, 'classes'>;

/** Finds from the threshold on. The best threshold of a class is the one with the best F1 on the photos kept aside. */
export function shownFinds(finds: readonly Find[], { classes }: Judging, threshold: Threshold): Find[] {
  return finds.filter(({ classIndex, score, probability }) =>
    threshold === null ? score >= (classes[classIndex]?.threshold ?? 0) : probability >= threshold,
  );
}

/** Where the slider stands while each class has its own threshold: at the mean of them as probabilities. */
export function bestProbability({ classes }: Judging): number {
  const each = classes.map(({ platt, threshold }) => plattProbability(platt, threshold));
  return each.reduce((sum, value) => sum + value, 0) / Math.max(1, each.length);
}

/** Two finds of one place and class. */
export function sameFind(a: Find, b: Find): boolean {
  return a.classIndex === b.classIndex && a.score === b.score && a.box.join() === b.box.join();
}
