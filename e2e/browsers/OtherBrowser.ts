import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A browser that Playwright does not drive. */
export interface OtherBrowser {
  open(address: string): Promise<void>;
  /** Runs a function in the page and gives its answer. It goes there as text: it may use nothing but what it is given. */
  run<Given, Result>(what: (given: Given) => Result | Promise<Result>, given: Given): Promise<Result>;
  close(): Promise<void>;
}

/** A program on the PATH, or the first of some files that there is; null where there is none. */
export function programAt(name: string, files: readonly string[] = []): string | null {
  const onPath = (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, name));
  return [...onPath, ...files].find((file) => existsSync(file)) ?? null;
}
