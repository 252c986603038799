import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A published npm package, pinned: the same bytes or none. */
export interface PinnedPackage {
  name: string;
  version: string;
  /** Subresource-integrity string of the tarball, `sha512-…`. */
  integrity: string;
}

/** Reads files out of a pinned package's tarball. */
export type PackageReader = (path: string) => Buffer;

/**
 * Fetches a package with `npm pack` (once: the tarball stays in `cacheDir`), checks the tarball's sha512 and returns a
 * reader of its files. Nothing of the package is installed or run.
 * @throws when npm cannot fetch it or the bytes are not the pinned ones.
 */
export function openPackage(pinned: PinnedPackage, cacheDir: string): PackageReader {
  mkdirSync(cacheDir, { recursive: true });
  const tarball = join(cacheDir, `${pinned.name}-${pinned.version}.tgz`);
  if (!existsSync(tarball)) {
    execFileSync('npm', ['pack', '--silent', '--pack-destination', cacheDir, `${pinned.name}@${pinned.version}`], {
      stdio: ['ignore', 'ignore', 'inherit'],
      shell: process.platform === 'win32',
    });
  }
  const integrity = `sha512-${createHash('sha512').update(readFileSync(tarball)).digest('base64')}`;
  if (integrity !== pinned.integrity) {
    throw new Error(
      `${tarball} is not the pinned ${pinned.name}@${pinned.version}: expected ${pinned.integrity}, got ${integrity}. ` +
        'Delete the file and run again; if it happens again the published package has changed.',
    );
  }
  return (path) => execFileSync('tar', ['-xzOf', tarball, `package/${path}`], { maxBuffer: 64 * 1024 * 1024 });
}
