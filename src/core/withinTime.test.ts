import { expect, it, vi } from 'vitest';
import { withinTime } from './withinTime.ts';

const never = () => new Promise<never>(() => undefined);

it('gives the result, or the error, of work that ends in time', async () => {
  await expect(withinTime(Promise.resolve(7), 'a', 1000)).resolves.toBe(7);
  await expect(withinTime(Promise.reject(new Error('no')), 'a', 1000)).rejects.toThrow('no');
});

it('gives up when the time is over, and hands a late result to be thrown away', async () => {
  const discard = vi.fn();
  let finish: (value: string) => void = () => undefined;
  const late = new Promise<string>((resolve) => (finish = resolve));
  await expect(withinTime(late, '“a.jpg”', 5, undefined, discard)).rejects.toMatchObject({
    name: 'DecodeTimeout',
    message: /“a\.jpg”/,
  });
  expect(discard).not.toHaveBeenCalled();
  finish('late');
  await late;
  await Promise.resolve();
  expect(discard).toHaveBeenCalledExactlyOnceWith('late');
});

it('swallows an error that comes after the answer', async () => {
  let fail: (error: Error) => void = () => undefined;
  const late = new Promise<never>((_, reject) => (fail = reject));
  await expect(withinTime(late, 'a', 5)).rejects.toMatchObject({ name: 'DecodeTimeout' });
  fail(new Error('late'));
  // An unhandled rejection would fail the run.
  await new Promise((resolve) => setTimeout(resolve, 10));
});

it('stops at once when cancelled, before or during the work', async () => {
  await expect(withinTime(never(), 'a', 1000, AbortSignal.abort())).rejects.toMatchObject({ name: 'Cancelled' });
  const controller = new AbortController();
  const waiting = withinTime(never(), 'a', 1000, controller.signal);
  controller.abort();
  await expect(waiting).rejects.toMatchObject({ name: 'Cancelled' });
});
