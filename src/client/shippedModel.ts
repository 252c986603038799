import { AnysizeError, messageOf } from '../core/errors.ts';

/** The embedded model's two files, as they are. */
export interface BackboneFiles {
  json: string;
  weights: Uint8Array<ArrayBuffer>;
}

const FOLDER = 'models/mobilenet-v2-features/';
/**
 * Fetches the model that comes with the app; the browser has it at hand already.
 * @param base the app's base URL, absolute
 * @throws AnysizeError `BadModel` where it cannot be fetched
 */
export async function fetchBackbone(base: string, onProgress: (fraction: number) => void): Promise<BackboneFiles> {
  return shipped('The image model that comes with the app', async () => {
    const json = await (await fetchFile(new URL(`${FOLDER}model.json`, base))).text();
    const response = await fetchFile(new URL(`${FOLDER}weights.bin`, base));
    return { json, weights: await readAll(response, onProgress) };
  });
}

/** Work on a file that comes with the app. @throws AnysizeError `BadModel` where it cannot be fetched */
export async function shipped<T>(what: string, fetchIt: () => Promise<T>): Promise<T> {
  try {
    return await fetchIt();
  } catch (error) {
    const message = `${what} could not be fetched: ${messageOf(error)}. Try again when the page's own server can be reached.`;
    throw new AnysizeError('BadModel', message, { cause: error });
  }
}

/** @throws Error where the server does not give it */
export async function fetchFile(url: URL): Promise<Response> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url.host} answered ${response.status} for ${url.pathname.split('/').at(-1)}`);
  return response;
}

async function readAll(response: Response, onProgress: (fraction: number) => void): Promise<Uint8Array<ArrayBuffer>> {
  const total = Number(response.headers.get('content-length'));
  const reader = response.body?.getReader();
  if (!reader) return new Uint8Array(await response.arrayBuffer());
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    bytes += value.length;
    // A packed answer's length is not that of its contents.
    if (total > 0) onProgress(Math.min(1, bytes / total));
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}
