import { proxy } from 'comlink';
import { AnysizeError } from '../../core/errors.ts';
import type { ClassZip } from '../../formats/zip/classZip.ts';
import { inOwnWorker } from '../inOwnWorker.ts';
import type { ZipReader } from './zipWorker.ts';

export type Unzipped = ClassZip;

function died(why: string): AnysizeError {
  return new AnysizeError('BadArchive', `The zip cannot be read: ${why || 'the reader stopped'}.`);
}

/**
 * Unpacks the photos of a zip in a worker of its own.
 * @param also names besides those of photos that are wanted, as a pattern
 * @throws AnysizeError `BadArchive`, `Cancelled`
 */
export function unzip(
  zip: Blob,
  also: RegExp | null,
  onProgress: (fraction: number) => void,
  signal: AbortSignal,
): Promise<Unzipped> {
  const worker = new Worker(new URL('./zipWorker.ts', import.meta.url), { type: 'module', name: 'anysize-zip' });
  return inOwnWorker<ZipReader, Unzipped>(worker, (reader) => reader.read(zip, also, proxy(onProgress)), died, signal);
}
