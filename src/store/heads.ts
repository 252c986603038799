import type { Analysis } from '../core/model.ts';
import type { HeadEntry } from './settings.ts';
import type { TrainingSlice } from './training.ts';

/** The name, as it is now, of what gave an answer: a head may have been renamed since. Null without a head. */
export function headName({ head }: Pick<Analysis, 'head'>, heads: readonly HeadEntry[]): string | null {
  if (!head) return null;
  const { choice, name } = head;
  return (typeof choice === 'object' && heads.find(({ id }) => id === choice.id)?.name) || name;
}

/**
 * A name for a head from a file that no other head has: its own, else with the file's name in brackets, else with a number too.
 * @param file the file's name, with its ending
 */
export function freshHeadName(name: string, file: string, heads: readonly { name: string }[]): string {
  const taken = new Set(heads.map((head) => head.name));
  if (!taken.has(name)) return name;
  const whole = file.replace(/\.[^.]+$/, '');
  // A file that was saved here is called after its project and the head itself.
  const stem = whole.replace(name, '').trim() || whole;
  for (let i = 1; ; i++) {
    const fresh = `${name} (${i === 1 ? stem : `${stem}, ${i}`})`;
    if (!taken.has(fresh)) return fresh;
  }
}

/** The heads that came from a file: those that belong to no run. */
export function openedHeads({
  heads,
  runs,
}: { heads: readonly HeadEntry[] } & Pick<TrainingSlice, 'runs'>): HeadEntry[] {
  return heads.filter(({ id }) => !runs.some((run) => run.id === id));
}

/**
 * The threshold that an answer stays below, so that it counts as "unknown"; null when it does not.
 * Only heads trained here have a threshold.
 */
export function unknownBelow(
  { head, top }: Pick<Analysis, 'head' | 'top'>,
  heads: readonly HeadEntry[],
): number | null {
  const choice = head?.choice;
  const best = top[0];
  if (typeof choice !== 'object' || !best) return null;
  const threshold = heads.find(({ id }) => id === choice.id)?.threshold ?? 0;
  return best.score < threshold ? threshold : null;
}
