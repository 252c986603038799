import { AnysizeError, messageOf } from '../../core/errors.ts';
import { readWhitenings } from '../../core/recipe/readWhitenings.ts';
import { Whitener } from '../../core/recipe/whitener.ts';

const PATH = 'models/whitening/whitening.safetensors';

const loading = new Map<string, Promise<Whitener>>();

/**
 * The whitening that ships with the app, fetched on first need and kept; after a failure it is fetched again.
 * @param base the app's base URL
 * @throws AnysizeError `BadModel` where it cannot be had
 */
export function loadWhitener(base: string): Promise<Whitener> {
  const url = new URL(PATH, new URL(base, globalThis.location?.href)).href;
  const known = loading.get(url);
  if (known) return known;
  const fresh = fetchWhitener(url);
  loading.set(url, fresh);
  fresh.catch(() => loading.delete(url));
  return fresh;
}

async function fetchWhitener(url: string): Promise<Whitener> {
  try {
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(`the server answered ${answer.status}.`);
    return Whitener.create(readWhitenings(await answer.arrayBuffer()));
  } catch (error) {
    const message = `The whitening that comes with the app could not be loaded: ${messageOf(error)} Reload the page to try again.`;
    throw new AnysizeError('BadModel', message, { cause: error });
  }
}
