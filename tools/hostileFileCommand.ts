import { existsSync, readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import type { BrowserCommand } from 'vitest/node';

const HOSTILE = resolve(process.env['ANYSIZE_SHARED'] ?? '../shared', 'images/hostile');

/** A file of the hostile set as base64, by its path within the set; null where it, or the set, is missing. */
export const hostileFile: BrowserCommand<[path: string]> = (_context, path) => {
  const file = resolve(HOSTILE, path);
  if (relative(HOSTILE, file).startsWith('..') || !existsSync(file)) return null;
  return readFileSync(file).toString('base64');
};

declare module 'vitest/browser' {
  interface BrowserCommands {
    hostileFile: (path: string) => Promise<string | null>;
  }
}
