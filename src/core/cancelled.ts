import { AnysizeError } from './errors.ts';

/** Throws `Cancelled` when the signal says so. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new AnysizeError('Cancelled', 'stopped on request');
}
