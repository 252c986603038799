import type { Find, Finder } from '../../../core/find/model.ts';
import { plattProbability } from '../../../core/find/platt.ts';
import { nextName } from '../../../core/nextName.ts';
import type { FindClassRow } from '../../../core/project/findModel.ts';
import type { Suggestion } from '../../../store/finding.ts';

/** Suggested even where the best threshold is higher: to be looked at is cheap, to be missed is not. */
const SUGGESTED_FROM = 0.3;
const MOST = 20;

/** The finds of a photo that are worth a look, as boxes of the classes that there are now, surest first. */
export function suggestionsOf(
  finds: readonly Find[],
  { classes }: Pick<Finder, 'classes'>,
  rows: readonly FindClassRow[],
): Suggestion[] {
  return finds
    .flatMap(({ label, classIndex, probability, box }): Suggestion[] => {
      const own = classes[classIndex];
      const row = rows.find(({ name }) => name === label);
      if (!own || !row) return [];
      const from = Math.min(SUGGESTED_FROM, plattProbability(own.platt, own.threshold));
      return probability >= from ? [{ id: nextName('box'), classId: row.id, box, probability }] : [];
    })
    .sort((a, b) => b.probability - a.probability)
    .slice(0, MOST);
}

/** How doubtful a photo's suggestions are, 0…1: 1 where one is as likely right as wrong. */
export function doubtOf(suggestions: readonly Suggestion[]): number {
  return suggestions.reduce((most, { probability }) => Math.max(most, 1 - Math.abs(2 * probability - 1)), 0);
}

/** Photos with suggestions, the most doubtful first; those without any go. */
export function byDoubt(found: Iterable<readonly [string, readonly Suggestion[]]>): Map<string, readonly Suggestion[]> {
  const some = [...found].filter(([, suggestions]) => suggestions.length > 0);
  return new Map(some.sort(([, a], [, b]) => doubtOf(b) - doubtOf(a)));
}
