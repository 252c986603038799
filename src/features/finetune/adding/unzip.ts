import { proxy } from 'comlink';
import { inOwnWorker } from '../../../client/inOwnWorker.ts';
import { AnysizeError } from '../../../core/errors.ts';
import type { ClassZip } from '../../../formats/zip/classZip.ts';
import type { ZipReader } from './zipWorker.ts';

function died(why: string): AnysizeError {
  return new AnysizeError('BadArchive', `The zip cannot be read: ${why || 'the reader stopped'}.`);
}

/** Unpacks a zip of class folders in a worker of its own. @throws AnysizeError `BadArchive`, `Cancelled` */
export function unzip(zip: Blob, onProgress: (fraction: number) => void, signal: AbortSignal): Promise<ClassZip> {
  const worker = new Worker(new URL('./zipWorker.ts', import.meta.url), { type: 'module', name: 'anysize-zip' });
  return inOwnWorker<ZipReader, ClassZip>(worker, (reader) => reader.read(zip, proxy(onProgress)), died, signal);
}
