import tfjsScript from '@tensorflow/tfjs/dist/tf.min.js?url';
import { fetchFile, shipped } from '../../client/shippedModel.ts';

const WHITENING = 'models/whitening/whitening.safetensors';

/**
 * Fetches the whitening that comes with the app: a safetensors file, see core/recipe/readWhitenings.ts.
 * @param base the app's base URL, absolute
 * @throws AnysizeError `BadModel` where it cannot be fetched
 */
export async function fetchWhitening(base: string): Promise<Uint8Array<ArrayBuffer>> {
  return shipped('The whitening that comes with the app', async () => {
    return new Uint8Array(await (await fetchFile(new URL(WHITENING, base))).arrayBuffer());
  });
}

/**
 * Fetches TensorFlow.js as one script for a page of the user's own; the app itself uses parts of it.
 * @param base the app's base URL, absolute
 * @throws AnysizeError `BadModel` where it cannot be fetched
 */
export async function fetchTfjs(base: string): Promise<Uint8Array<ArrayBuffer>> {
  return shipped('TensorFlow.js', async () => {
    return new Uint8Array(await (await fetchFile(new URL(tfjsScript, base))).arrayBuffer());
  });
}
