import { displayName } from './displayName.ts';
import { AnysizeError } from './errors.ts';

/** Memory that could not be had; `Session` answers it with smaller pieces where there are any. */
export class OutOfMemory extends AnysizeError {
  constructor(message: string) {
    super('OutOfMemory', message);
  }
}

/** Whether an error says that there is no memory left: ours, or a typed array's as the browsers word it. */
export function isOutOfMemory(error: unknown): boolean {
  if (error instanceof OutOfMemory) return true;
  return error instanceof RangeError && /alloc|memory|array length/i.test(error.message);
}

/** The same error; for one of memory, an AnysizeError `OutOfMemory` that names the file and says what to do. */
export function namingFile(error: unknown, file: string): unknown {
  if (!isOutOfMemory(error)) return error;
  return new AnysizeError(
    'OutOfMemory',
    `${displayName(file)} needs more memory than this browser has left, even in the smallest pieces. ` +
      'Close other tabs and programs and try again, or choose a smaller size.',
    { cause: error },
  );
}
