import { readFileSync } from 'node:fs';
import { readWhitenings } from '../../src/core/recipe/readWhitenings.ts';
import type { Whitenings } from '../../src/core/recipe/whitening.ts';

/** For tests: the whitening that comes with the app, as it is and read. */
export function shippedWhitening(): { file: Uint8Array<ArrayBuffer>; whitenings: Whitenings } {
  const url = new URL('../../public/models/whitening/whitening.safetensors', import.meta.url);
  const file = new Uint8Array(readFileSync(url));
  return { file, whitenings: readWhitenings(file.buffer) };
}
