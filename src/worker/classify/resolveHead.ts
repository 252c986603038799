import { AnysizeError, messageOf } from '../../core/errors.ts';
import type { HeadChoice, HeadData } from '../../core/model.ts';
import type { BuiltInClasses } from '../labels/everydayHead.ts';
import { imagenetHead } from '../labels/imagenetHead.ts';
import type { Session } from '../session/session.ts';
import type { ResolvedHead } from './analyser.ts';

/** Where heads are. */
export interface HeadSources {
  session: () => Session;
  builtIn: () => BuiltInClasses;
  trained: ReadonlyMap<string, HeadData>;
}

/**
 * The head that was chosen, at hand; null with none, and where it could not be fetched.
 * @param notices takes a sentence where it could not be fetched
 * @throws AnysizeError `UnknownHead` for a trained one that is gone
 */
export async function resolveHead(
  choice: HeadChoice,
  { session, builtIn, trained }: HeadSources,
  notices: string[],
): Promise<ResolvedHead> {
  if (choice === 'none') return null;
  if (choice === 'everyday') {
    try {
      return (await builtIn().load()).head;
    } catch (error) {
      notices.push(`${messageOf(error)} The pyramid works without them; the next photo tries again.`);
      return null;
    }
  }
  if (choice === 'imagenet') {
    const state = await session().labels.loadUnlessSilent();
    if (state.status === 'ready') {
      const everyday = await builtIn()
        .load()
        .catch(() => null);
      return imagenetHead(session(), everyday?.classes ?? []);
    }
    notices.push(
      state.status === 'loading'
        ? 'There are no labels yet: the ImageNet model is slow to come. The pyramid works without it.'
        : 'There are no labels now: the ImageNet model could not be fetched. The pyramid works without it.',
    );
    return null;
  }
  const head = trained.get(choice.id);
  if (!head) throw new AnysizeError('UnknownHead', 'That classifier is no longer here. Choose another head.');
  return head;
}
