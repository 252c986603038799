import { proxy, wrap } from 'comlink';
import { AnysizeError } from '../../../core/errors.ts';
import type { ClassZip } from '../../../formats/zip/classZip.ts';
import type { ZipReader } from './zipWorker.ts';

/**
 * Unpacks a zip of class folders in a worker of its own, which ends with it.
 * @throws AnysizeError `BadArchive`, `Cancelled`
 */
export async function unzip(zip: Blob, onProgress: (fraction: number) => void, signal: AbortSignal): Promise<ClassZip> {
  const worker = new Worker(new URL('./zipWorker.ts', import.meta.url), { type: 'module', name: 'anysize-zip' });
  try {
    return await new Promise<ClassZip>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(new AnysizeError('Cancelled', 'Unpacking was stopped.')));
      worker.addEventListener('error', (event) => {
        event.preventDefault();
        reject(new AnysizeError('BadArchive', `The zip cannot be read: ${event.message || 'the reader stopped'}.`));
      });
      wrap<ZipReader>(worker).read(zip, proxy(onProgress)).then(resolve, reject);
    });
  } finally {
    worker.terminate();
  }
}
