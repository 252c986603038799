import { AnysizeError } from '../../core/errors.ts';

/** Whether an error says that there is no room left, on the disk or in what the browser grants. */
export function isFull(error: unknown): boolean {
  if (error instanceof AnysizeError) return error.name === 'StorageFull';
  return error instanceof DOMException && (error.name === 'QuotaExceededError' || error.name === 'NoSpaceError');
}

/** What went wrong with storage, in words. */
export function storageError(error: unknown): unknown {
  if (!isFull(error) || error instanceof AnysizeError) return error;
  return new AnysizeError(
    'StorageFull',
    'There is no room left to keep more. What was kept before is safe. Delete projects or free disk space, then try again.',
  );
}
