import { inOwnWorker } from '../../../client/inOwnWorker.ts';
import { AnysizeError } from '../../../core/errors.ts';
import type { KnownPhoto } from '../../../formats/boxes/findPhoto.ts';
import type { BoxFile, PlacedBoxes } from '../../../formats/boxes/placeBoxes.ts';
import type { BoxReader } from './boxWorker.ts';

function died(why: string): AnysizeError {
  const reason = why || 'it ran out of memory';
  return new AnysizeError('BadArchive', `The boxes could not be read: ${reason}. Try with fewer files.`);
}

/** Reads files of boxes for photos that are here, in a worker of its own. @throws AnysizeError `BadArchive`, `Cancelled` */
export function readBoxFiles(
  files: readonly BoxFile[],
  photos: readonly KnownPhoto[],
  signal: AbortSignal,
): Promise<PlacedBoxes> {
  const worker = new Worker(new URL('./boxWorker.ts', import.meta.url), { type: 'module', name: 'anysize-boxes' });
  return inOwnWorker<BoxReader, PlacedBoxes>(worker, (reader) => reader.place(files, photos), died, signal);
}
