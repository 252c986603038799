import script from '@tensorflow/tfjs/dist/tf.min.js?url';
import { AnysizeError, messageOf } from '../../core/errors.ts';
import { fetchFile } from './fetchFile.ts';

/**
 * TensorFlow.js as one script for a page of the user's own; the app itself uses parts of it.
 * @param base the app's base URL, absolute
 * @throws AnysizeError `BadModel` where it cannot be fetched
 */
export async function fetchTfjs(base: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await (await fetchFile(new URL(script, base))).arrayBuffer());
  } catch (error) {
    const message = `TensorFlow.js could not be fetched: ${messageOf(error)}. Try again when the page's own server can be reached.`;
    throw new AnysizeError('BadModel', message, { cause: error });
  }
}
