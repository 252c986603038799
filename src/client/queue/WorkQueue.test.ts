import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AnysizeError } from '../../core/errors.ts';
import type { WorkProgress } from '../../core/tasks/progress.ts';
import { PRIORITY, WorkQueue, type WorkQueueParts } from './WorkQueue.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A queue whose pieces of work end when they are told to. */
function setUp(parts: Partial<WorkQueueParts> = {}) {
  const open = new Map<string, { task: string; end: () => void; fail: (error: Error) => void }>();
  const begun: string[] = [];
  const told: WorkProgress[] = [];
  const queue = new WorkQueue({
    name: 'test',
    concurrency: 2,
    cancel: (task) =>
      [...open.values()].find((one) => one.task === task)?.fail(new AnysizeError('Cancelled', 'Ended.')),
    tell: (progress) => told.push(progress),
    now: Date.now,
    ...parts,
  });
  const add = (keys: string, priority?: number) => {
    for (const key of keys) {
      const work = (task: string) =>
        new Promise<void>((end, fail) => {
          begun.push(key);
          open.set(key, { task, end, fail });
        });
      queue.add(key, work, priority);
    }
  };
  const end = async (keys: string) => {
    for (const key of keys) open.get(key)?.end();
    await vi.advanceTimersByTimeAsync(0);
  };
  return { queue, add, end, open, begun: () => begun.join(''), told };
}

test('a few at a time, in order; each key once', async () => {
  const { add, end, begun, queue } = setUp();
  add('abcdab');
  expect(begun()).toBe('ab');
  await end('b');
  expect(begun()).toBe('abc');
  expect(queue.progress).toMatchObject({ done: 1, total: 4, failed: 0 });
  await end('ac');
  await end('d');
  expect(begun()).toBe('abcd');
  expect(queue.left).toBe(0);
});

test('background work waits for all other, and what a person waits for is next', async () => {
  let wanted: string | null = null;
  const { add, end, begun } = setUp({ concurrency: 1, wanted: () => wanted });
  add('xyz', PRIORITY.background);
  add('abcd');
  expect(begun()).toBe('x');
  await end('x');
  wanted = 'c';
  await end('a');
  for (const key of 'cbdyz') await end(key);
  expect(begun()).toBe('xacbdyz');
});

test('one that fails is counted, and the queue goes on; a cancelled one has not failed', async () => {
  let idle = 0;
  const { add, end, open, queue } = setUp({ onIdle: () => idle++ });
  add('abc');
  open.get('a')?.fail(new Error('broken'));
  await end('b');
  queue.cancel('c');
  await end('');
  expect(queue.progress).toMatchObject({ done: 3, total: 3, failed: 1 });
  expect(idle).toBe(1);
});

test('what is cancelled before it began is not part of it any more, and can be added again in its turn', async () => {
  const { add, end, begun, queue } = setUp();
  add('abcde');
  expect([queue.cancel('c'), queue.cancel('a'), queue.cancel('never')]).toEqual([true, false, false]);
  await end('');
  expect(begun()).toBe('abd');
  expect(queue.progress).toMatchObject({ done: 1, total: 4 });
  expect(queue.cancelAll()).toEqual(['e']);
  await end('');
  expect(queue.left).toBe(0);
  add('ce');
  expect(begun()).toBe('abdce');
  expect(queue.progress).toMatchObject({ done: 0, total: 2 });
});

test('a task of its own each time, and only the one at work counts', async () => {
  const { add, end, open, queue } = setUp();
  add('a');
  const first = open.get('a')?.task ?? '';
  expect(queue.isAtWork('a', first)).toBe(true);
  await end('a');
  add('a');
  expect(open.get('a')?.task).not.toBe(first);
  expect(queue.isAtWork('a', first)).toBe(false);
});

test('each of the hands has a few at work, and they hear how much is left', async () => {
  const asked: [number, number | null][] = [];
  const hands = { count: 1, want: (left: number, pace: number | null) => void asked.push([left, pace]) };
  const { add, end, begun } = setUp({ concurrency: 2, hands });
  add('abcdefgh');
  expect(begun()).toBe('ab');
  expect(asked).toEqual([]);
  hands.count = 2;
  await end('a');
  expect(begun()).toBe('abcde');
  hands.count = 1;
  await end('bcd');
  expect(begun()).toBe('abcdef');
  await end('efgh');
  await end('gh');
  expect(asked.map(([left]) => left)).toEqual([7, 6, 5, 4, 3, 2, 1, 0]);
  hands.count = 3;
  add('uvwxyz!');
  expect(begun()).toBe('abcdefghuvwxyz');
});

test('one piece that took long tells the hands a pace; short ones only together', async () => {
  const paces: (number | null)[] = [];
  const hands = { count: 1, want: (_: number, pace: number | null) => void paces.push(pace) };
  const { add, end } = setUp({ concurrency: 2, hands });
  add('abcdefgh');
  await vi.advanceTimersByTimeAsync(4000);
  await end('a');
  await vi.advanceTimersByTimeAsync(6000);
  await end('b');
  expect(paces).toEqual([null, 0.2]);
});

test('told at most ten times a second, with the pace and the time left; none while more is to come', async () => {
  const { add, end, queue, told } = setUp({ concurrency: 1 });
  const keys = Array.from({ length: 200 }, (_, i) => String.fromCharCode(1000 + i));
  queue.more = true;
  add(keys.join(''));
  queue.count(10, 1);
  for (const key of keys.slice(0, 100)) {
    await end(key);
    await vi.advanceTimersByTimeAsync(50);
  }
  expect(told.length).toBeLessThanOrEqual(51);
  expect(told.at(-1)).toMatchObject({ done: 110, total: 210, failed: 1, secondsLeft: null });
  expect(told.at(-1)?.pace).toBeCloseTo(20, 1);
  queue.more = false;
  await vi.advanceTimersByTimeAsync(100);
  expect(told.at(-1)?.secondsLeft).toBeCloseTo(5, 1);
});

test('thousands are lined up without holding the page up, and cancelling in between leaves none behind', async () => {
  vi.useRealTimers();
  const done: string[] = [];
  const { queue } = setUp({ now: () => performance.now() });
  for (let i = 0; i < 20_000; i++) queue.add(String(i), async (task) => void done.push(task));
  expect(queue.left).toBeGreaterThan(19_000);
  await new Promise((resolve) => setTimeout(resolve));
  queue.cancelAll();
  const before = done.length;
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(done.length - before).toBeLessThanOrEqual(2);
  expect(queue.left).toBe(0);
});

test('hands that can take more than the queue’s own number are given as much', async () => {
  const hands = { count: 1, depth: 4 as number | undefined, want: () => {} };
  const { add, end, begun } = setUp({ hands });
  add('abcdefg');
  expect(begun()).toBe('abcd');
  hands.depth = undefined;
  await end('ab');
  expect(begun()).toBe('abcd');
  await end('c');
  expect(begun()).toBe('abcde');
});
