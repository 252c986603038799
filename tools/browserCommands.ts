import { existsSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { BrowserCommand } from 'vitest/node';

/** Test data that is not in the repository; tests that need it skip where it is missing. */
const SHARED = resolve(process.env['ANYSIZE_SHARED'] ?? '../shared');

/** A file of the official model's reference copy as base64, or null where there is no copy. */
export const referenceModelFile: BrowserCommand<[name: string]> = (_context, name) => {
  const path = join(SHARED, 'models', 'reference', basename(name));
  return existsSync(path) ? readFileSync(path).toString('base64') : null;
};

declare module 'vitest/browser' {
  interface BrowserCommands {
    referenceModelFile: (name: string) => Promise<string | null>;
  }
}
