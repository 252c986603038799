import { count, visibleName } from '../../../ui/format.ts';
import type { TrainingSet } from '../trainingSet.ts';

/** From this ratio of the largest class to the smallest on, a classifier leans to the large one. */
const NOTABLE = 3;
const LONGEST_NAME = 40;

/** Says when one class has several times the photos of another; null while they are alike or there are not two. */
export function imbalanceOf(classes: readonly { name: string; count: number }[]): string | null {
  const filled = classes.filter((one) => one.count > 0).sort((a, b) => a.count - b.count);
  const smallest = filled[0];
  const largest = filled.at(-1);
  if (!smallest || !largest || largest.count < NOTABLE * smallest.count) return null;
  const quoted = ({ name }: { name: string }) => {
    const shown = visibleName(name);
    return `“\u2068${shown.length > LONGEST_NAME ? `${shown.slice(0, LONGEST_NAME)}…` : shown}\u2069”`;
  };
  return (
    `${quoted(largest)} has ${(largest.count / smallest.count).toFixed(1)} times the photos of ${quoted(smallest)} ` +
    `(${count(largest.count)} and ${count(smallest.count)}): guesses will lean to it.`
  );
}

/** The same of the classes of a training set; null while photos wait to be read: the classes that come first are full first. */
export function imbalanceOfSet(
  classes: readonly { id: string; name: string }[],
  { waiting, perClass }: Pick<TrainingSet, 'waiting' | 'perClass'>,
): string | null {
  if (waiting > 0) return null;
  return imbalanceOf(classes.map(({ id, name }) => ({ name, count: perClass.get(id)?.usable ?? 0 })));
}
