import { AnysizeError } from './errors.ts';

/** Throws `Cancelled` when the signal says so. */
export function throwIfCancelled(signal: AbortSignal | undefined, message = 'stopped on request'): void {
  if (signal?.aborted) throw new AnysizeError('Cancelled', message, { cause: signal.reason });
}
