import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Tasks } from './tasks.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const lasting = (ms: number) => () => new Promise<void>((resolve) => void setTimeout(resolve, ms));

it('work in the background waits for what a person waits for, also through its short pauses, and for nothing else', async () => {
  const tasks = new Tasks();
  const { signal } = new AbortController();
  let quiet = false;
  void tasks.run('reading', lasting(10_000), { awaited: false });
  void tasks.run('picture 1', lasting(100));
  void tasks.whenQuiet(signal).then(() => (quiet = true));
  await vi.advanceTimersByTimeAsync(150);
  void tasks.run('picture 2', lasting(100));
  await vi.advanceTimersByTimeAsync(200);
  expect(quiet).toBe(false);
  await vi.advanceTimersByTimeAsync(100);
  expect(quiet).toBe(true);
});

it('who waits for quiet can be cancelled', async () => {
  const tasks = new Tasks();
  const controller = new AbortController();
  void tasks.run('long', lasting(10_000));
  const waiting = tasks.whenQuiet(controller.signal);
  controller.abort(new Error('stopped'));
  const failed = expect(waiting).rejects.toThrow('stopped');
  await vi.advanceTimersByTimeAsync(200);
  await failed;
});
