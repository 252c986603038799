import { AnysizeError, messageOf } from '../../core/errors.ts';
import { plural, visibleName } from '../format.ts';

/** As many names as a note has room for. */
const NAMED = 3;

/**
 * What to say of dropped files and folders that could not be opened.
 * @param failed path and reason of each, at least one
 */
export function unopenedError(failed: readonly { path: string; reason: unknown }[]): AnysizeError {
  const names = failed.slice(0, NAMED).map(({ path }) => `“${visibleName(path)}”`);
  const more = failed.length - names.length;
  const which = names.join(', ') + (more > 0 ? ` and ${plural(more, 'other')}` : '');
  const left = failed.length === 1 ? 'was left out' : 'were left out';
  const advice = 'Check that the files are there and that you may read them, then drop them again.';
  const message = `${which} could not be opened and ${left}: ${messageOf(failed[0]?.reason)} ${advice}`;
  return new AnysizeError('UnreadableImage', message);
}
