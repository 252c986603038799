import type { Analysis } from '../core/model.ts';
import type { HeadEntry } from './settings.ts';

/** The name, as it is now, of what gave an answer: a head may have been renamed since. Null without a head. */
export function headName({ head }: Analysis, heads: readonly HeadEntry[]): string | null {
  if (!head) return null;
  const { choice, name } = head;
  return (typeof choice === 'object' && heads.find(({ id }) => id === choice.id)?.name) || name;
}
