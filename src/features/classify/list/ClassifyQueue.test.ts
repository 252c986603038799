import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AnysizeError } from '../../../core/errors.ts';
import type { Analysis, OnStage, SeenImage, TileProgress } from '../../../core/model.ts';
import { fileOf } from '../../../client/files.ts';
import { useStore } from '../../../store/store.ts';
import { ClassifyQueue } from './ClassifyQueue.ts';

const answer = {
  plan: { policy: { kind: 'area', side: 300 } },
  times: { total: 1 },
  head: null,
  top: [],
  thumbnail: null,
} as unknown as Analysis;

function photos(count: number) {
  return Array.from({ length: count }, (_, i) => ({ file: new File(['x'], `${i}.jpg`), path: `${i}.jpg` }));
}

/** A queue on the real store and an engine that answers when told. */
function setUp() {
  const calls: {
    id: string;
    task: string;
    onStage: OnStage;
    resolve: (analysis: Analysis) => void;
    reject: (error: Error) => void;
  }[] = [];
  const queue = new ClassifyQueue({
    store: useStore.getState,
    analyse: (id, task, onStage) =>
      new Promise((resolve, reject) => calls.push({ id, task, onStage, resolve, reject })),
    cancel: (task) => calls.find((call) => call.task === task)?.reject(new AnysizeError('Cancelled', 'Cancelled.')),
    now: () => Date.now(),
  });
  return { queue, calls };
}

const statuses = () => {
  const { order, rows } = useStore.getState();
  return order.map((id) => rows[id]?.status);
};

beforeEach(() => {
  vi.useFakeTimers();
  useStore.setState({ order: [], rows: {}, selectedId: null, pinnedId: null, filter: 'all', progress: null });
});
afterEach(() => vi.useRealTimers());

test('two at a time, and the chosen image before the others', async () => {
  const { queue, calls } = setUp();
  const ids = queue.add(photos(5));
  expect(calls.map((call) => call.id)).toEqual(ids.slice(0, 2));
  useStore.getState().selectImage(ids[4] ?? null);
  calls[0]?.resolve(answer);
  await vi.advanceTimersByTimeAsync(200);
  expect(calls[2]?.id).toBe(ids[4]);
  expect(statuses()).toEqual(['done', 'working', 'queued', 'queued', 'working']);
  expect(useStore.getState().progress).toMatchObject({ total: 5, done: 1, secondsLeft: null });
});

test('a broken file becomes a failed row with its reason, and the rest goes on', async () => {
  const { queue, calls } = setUp();
  const ids = queue.add(photos(3));
  calls[0]?.reject(new AnysizeError('UnreadableImage', 'cut short'));
  calls[1]?.resolve(answer);
  await vi.advanceTimersByTimeAsync(200);
  calls[2]?.resolve(answer);
  await vi.advanceTimersByTimeAsync(200);
  expect(statuses()).toEqual(['failed', 'done', 'done']);
  expect(useStore.getState().rows[ids[0] ?? '']?.error).toEqual({ name: 'UnreadableImage', message: 'cut short' });
  expect(useStore.getState().progress).toBeNull();
  queue.again([ids[0] ?? '']);
  calls[3]?.resolve(answer);
  await vi.advanceTimersByTimeAsync(200);
  expect(statuses()).toEqual(['done', 'done', 'done']);
});

test('cancelling stops what works and what waits, keeps answers, and can be taken up again', async () => {
  const { queue, calls } = setUp();
  const ids = queue.add(photos(4));
  calls[0]?.resolve(answer);
  await vi.advanceTimersByTimeAsync(200);
  queue.cancelAll();
  await vi.advanceTimersByTimeAsync(200);
  expect(statuses()).toEqual(['done', 'cancelled', 'cancelled', 'cancelled']);
  expect(useStore.getState().progress).toBeNull();
  queue.again(ids.slice(1));
  await vi.advanceTimersByTimeAsync(0);
  expect(calls.slice(3).map((call) => call.id)).toEqual(ids.slice(1, 3));
});

test('a large image is seen and its tiles are told before its answer; it alone can be cancelled and taken up again', async () => {
  const { queue, calls } = setUp();
  const ids = queue.add(photos(3));
  const [first = '', , third = ''] = ids;
  const rect = { x: 0, y: 0, width: 900, height: 600 };
  const tile: TileProgress = { done: 1, total: 2, rect, edges: { x: [0, 672, 1325], y: [0, 600] } };
  const facts = { width: 1325, height: 600, format: 'png', bytes: 1 };
  calls[0]?.onStage('size', undefined, { facts, thumbnail: new Blob(['x']) } as unknown as SeenImage);
  calls[0]?.onStage('backbone', tile);
  await vi.advanceTimersByTimeAsync(200);
  const row = () => useStore.getState().rows[first];
  expect(row()).toMatchObject({ status: 'working', stage: 'backbone', tile, facts, analysis: null });
  const { thumbnailUrl } = row() ?? {};
  expect(thumbnailUrl).toMatch(/^blob:/);
  queue.cancel(first);
  queue.cancel(third);
  await vi.advanceTimersByTimeAsync(200);
  expect(statuses()).toEqual(['cancelled', 'working', 'cancelled']);
  expect(row()).toMatchObject({ tile: null, facts });
  queue.again([first]);
  calls[2]?.resolve({ ...answer, thumbnail: new Blob(['y']), facts });
  await vi.advanceTimersByTimeAsync(200);
  expect(calls[2]?.id).toBe(first);
  expect(row()).toMatchObject({ status: 'done', tile: null, thumbnailUrl });
});

test('removing forgets the file, stops its work and chooses the next image', async () => {
  const { queue, calls } = setUp();
  const ids = queue.add(photos(3));
  const first = ids[0] ?? '';
  queue.remove([first]);
  await vi.advanceTimersByTimeAsync(200);
  expect(fileOf(first)).toBeUndefined();
  expect(useStore.getState().order).toEqual(ids.slice(1));
  expect(useStore.getState().selectedId).toBe(ids[1]);
  calls[1]?.resolve(answer);
  calls[2]?.resolve(answer);
  await vi.advanceTimersByTimeAsync(200);
  expect(statuses()).toEqual(['done', 'done']);
  expect(useStore.getState().progress).toBeNull();
});

test('the list is told at most ten times a second, and the time left follows the pace', async () => {
  const { queue, calls } = setUp();
  let updates = 0;
  const stop = useStore.subscribe((state, before) => {
    if (state.rows !== before.rows) updates++;
  });
  queue.add(photos(200));
  updates = 0;
  for (let done = 0; done < 100; done++) {
    calls[done]?.resolve(answer);
    await vi.advanceTimersByTimeAsync(10);
  }
  stop();
  expect(updates).toBeLessThanOrEqual(11);
  const { done, secondsLeft } = useStore.getState().progress ?? {};
  expect(done).toBeGreaterThan(85);
  expect(secondsLeft).toBeGreaterThan(0.9);
  expect(secondsLeft).toBeLessThan(1.3);
});
