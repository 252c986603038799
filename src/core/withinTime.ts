import { AnysizeError } from './errors.ts';

/**
 * The result of `work`, or an error as soon as the time is over or the signal aborts. What cannot be stopped goes on unseen; its late result
 * goes to `discard`.
 * @throws AnysizeError `DecodeTimeout`, `Cancelled`
 */
export async function withinTime<T>(
  work: Promise<T>,
  file: string,
  timeoutMs: number,
  signal?: AbortSignal,
  discard?: (late: T) => void,
): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let onAbort: (() => void) | undefined;
  let given = false;
  const stopped = new Promise<never>((_, reject) => {
    const cancelled = () => reject(new AnysizeError('Cancelled', `${file} was cancelled.`));
    if (signal?.aborted) cancelled();
    onAbort = cancelled;
    signal?.addEventListener('abort', cancelled, { once: true });
    timer = setTimeout(() => {
      const seconds = Math.round(timeoutMs / 1000);
      reject(
        new AnysizeError(
          'DecodeTimeout',
          `${file} was given up after ${seconds} s of decoding. Export it again, smaller, as JPEG or PNG.`,
        ),
      );
    }, timeoutMs);
  });
  try {
    const result = await Promise.race([stopped, work]);
    given = true;
    return result;
  } finally {
    clearTimeout(timer);
    if (onAbort) signal?.removeEventListener('abort', onAbort);
    // A failure that comes late has been answered already.
    if (!given)
      work.then(
        (late) => discard?.(late),
        () => undefined,
      );
  }
}
