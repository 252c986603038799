import type { PhotoRow } from '../../core/project/model.ts';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { WorkProgress } from '../../core/tasks/progress.ts';
import type { Ingested } from '../../core/training/model.ts';
import { IngestQueue } from './IngestQueue.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const facts = { width: 4, height: 3, format: 'PNG', bytes: 1 };
const answer = (hash: string): Ingested => ({ hash, perceptual: [0, 0], facts, thumbnail: new Blob() });

function setUp() {
  const open = new Map<string, { resolve: (value: Ingested) => void; reject: (error: Error) => void }>();
  const cancelled: string[] = [];
  const rows = new Map<string, Partial<PhotoRow>>();
  const reports: (WorkProgress | null)[] = [];
  let updates = 0;
  const queue = new IngestQueue({
    ingest: (id) => new Promise((resolve, reject) => open.set(id, { resolve, reject })),
    cancel: (task) => cancelled.push(task),
    patch: (patches) => {
      updates++;
      for (const [id, patch] of patches) rows.set(id, patch);
    },
    report: (progress) => reports.push(progress),
    thumbnailUrl: () => 'blob:x',
  });
  return { queue, open, cancelled, rows, reports, updates: () => updates };
}

test('reads three at a time and tells the store in batches', async () => {
  const { queue, open, rows, reports, updates } = setUp();
  queue.add(['a', 'b', 'c', 'd']);
  expect([...open.keys()]).toEqual(['a', 'b', 'c']);
  for (const id of ['a', 'b', 'c']) open.get(id)!.resolve(answer(id));
  await vi.advanceTimersByTimeAsync(0);
  expect([...open.keys()]).toEqual(['a', 'b', 'c', 'd']);
  expect(updates()).toBe(0);
  await vi.advanceTimersByTimeAsync(200);
  expect(updates()).toBe(1);
  expect(rows.get('b')).toMatchObject({ status: 'ready', hash: 'b', width: 4, thumbnailUrl: 'blob:x' });
  expect(reports.at(-1)).toMatchObject({ total: 4, done: 3 });
  open.get('d')!.resolve(answer('d'));
  await vi.advanceTimersByTimeAsync(200);
  expect(reports.at(-1)).toBeNull();
});

test('a photo that cannot be read fails alone, with its reason', async () => {
  const { queue, open, rows } = setUp();
  queue.add(['a', 'b']);
  open.get('a')!.reject(new Error('“a.png” is no image'));
  open.get('b')!.resolve(answer('b'));
  await vi.advanceTimersByTimeAsync(200);
  expect(rows.get('a')).toEqual({ status: 'failed', error: '“a.png” is no image' });
  expect(rows.get('b')?.status).toBe('ready');
});

test('cancel leaves the rest unread, and they can be read later', async () => {
  const { queue, open, rows, reports, cancelled } = setUp();
  queue.add(['a', 'b', 'c', 'd']);
  queue.cancel();
  expect(cancelled).toHaveLength(3);
  for (const { reject } of open.values()) reject(Object.assign(new Error('stopped'), { name: 'Cancelled' }));
  await vi.advanceTimersByTimeAsync(200);
  expect([rows.size, reports.at(-1)]).toEqual([0, null]);
  open.clear();
  queue.add(['a']);
  open.get('a')!.resolve(answer('a'));
  await vi.advanceTimersByTimeAsync(200);
  expect(rows.get('a')?.status).toBe('ready');
});
