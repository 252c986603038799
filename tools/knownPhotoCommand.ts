import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { BrowserCommand } from 'vitest/node';

const KNOWN = resolve(process.env['ANYSIZE_SHARED'] ?? '../shared', 'images/known');

/** Names of the photos whose class is known; none where the test data is not at hand. */
export const knownPhotos: BrowserCommand<[]> = () =>
  existsSync(KNOWN) ? readdirSync(KNOWN).filter((name) => /\.(jpg|png)$/.test(name)) : [];

/** One of them as base64. */
export const knownPhoto: BrowserCommand<[name: string]> = (_context, name) =>
  readFileSync(join(KNOWN, basename(name))).toString('base64');

declare module 'vitest/browser' {
  interface BrowserCommands {
    knownPhotos: () => Promise<string[]>;
    knownPhoto: (name: string) => Promise<string>;
  }
}
