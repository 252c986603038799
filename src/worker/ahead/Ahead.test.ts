import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Ahead, type AheadParts, type AheadWorker } from './Ahead.ts';
import type { ReadyPhoto, ReadyRequest } from './ready.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const settle = () => vi.advanceTimersByTimeAsync(0);

function request(name: string): ReadyRequest {
  return { image: { blob: new Blob(), name }, views: [], mostPixels: 1e6, thumbnail: false, preview: false };
}

function photo(bytes: number): ReadyPhoto {
  const view = {
    key: '',
    facts: { width: 1, height: 1, format: 'PNG', bytes: 1 },
    plan: {
      policy: { kind: 'warp' as const },
      source: { x: 0, y: 0, width: 1, height: 1 },
      input: { width: 1, height: 1 },
    },
    pixels: new Float32Array(bytes / 4),
    milliseconds: 0,
  };
  return { views: [view], thumbnail: null, preview: null, decode: 0 };
}

/** A worker whose work ends when it is told to. */
class FakeWorker implements AheadWorker {
  at: string | null = null;
  cancelled = 0;
  ended = false;
  die = () => {};
  readonly gone = new Promise<void>((resolve) => (this.die = resolve));
  finish: (made: ReadyPhoto | null) => void = () => {};
  fail: (error: Error) => void = () => {};

  make(_: string, { image }: ReadyRequest): Promise<ReadyPhoto | null> {
    this.at = image.name;
    return new Promise<ReadyPhoto | null>((resolve, reject) => {
      this.finish = resolve;
      this.fail = reject;
    }).finally(() => (this.at = null));
  }

  cancel(): void {
    this.cancelled++;
  }

  end(): void {
    this.ended = true;
  }
}

function setUp(parts: Partial<AheadParts> = {}) {
  const workers: FakeWorker[] = [];
  const start = () => {
    const worker = new FakeWorker();
    workers.push(worker);
    return worker;
  };
  const ahead = new Ahead({ start, most: 2, mostBytes: 100, idle: 1000, ...parts });
  const answers: string[] = [];
  const ask = (name: string, signal?: AbortSignal) => {
    const asked = ahead.photo(request(name), signal);
    void asked.ready().then((made) => answers.push(`${name} ${made ? 'ready' : 'here'}`));
    return asked;
  };
  return { workers, answers, ask, ahead, at: () => workers.map((worker) => worker.at) };
}

test('photos are made ready in their order, one at a time on each worker, and no more workers than may be', async () => {
  const { workers, answers, ask, at } = setUp();
  for (const name of 'abcd') ask(name);
  expect(at()).toEqual(['a', 'b']);
  workers[1]?.finish(photo(4));
  await settle();
  expect(at()).toEqual(['a', 'c']);
  workers[0]?.finish(photo(4));
  await settle();
  expect(at()).toEqual(['d', 'c']);
  expect(answers).toEqual(['b ready', 'a ready']);
});

test('a photo is not begun before it is asked for, and once however often', async () => {
  const { workers, ahead, at } = setUp();
  const asked = ahead.photo(request('a'));
  expect(await asked.asked()).toBeNull();
  expect(workers).toHaveLength(0);
  void asked.ready();
  void asked.ready();
  expect(at()).toEqual(['a']);
  workers[0]?.finish(photo(4));
  expect(await asked.asked()).not.toBeNull();
});

test('while what is ready holds too much, none is begun; it goes on when a photo is off the path', async () => {
  const { workers, ask, at } = setUp();
  const [a] = ['a', 'b', 'c', 'd'].map((name) => ask(name));
  workers[0]?.finish(photo(80));
  await settle();
  expect(at()).toEqual(['c', 'b']);
  workers[1]?.finish(photo(80));
  await settle();
  expect(at()).toEqual(['c', null]);
  a?.close();
  expect(at()).toEqual(['c', 'd']);
  a?.close();
  workers[0]?.finish(photo(80));
  await settle();
  // Nothing else waits; closing twice gave nothing away.
  ask('e');
  expect(at()).toEqual([null, 'd']);
});

test('what a worker refuses or cannot read is done by the engine, which says why', async () => {
  const { workers, answers, ask } = setUp();
  ask('a');
  ask('b');
  workers[0]?.finish(null);
  workers[1]?.fail(new Error('damaged'));
  await settle();
  expect(answers).toEqual(['a here', 'b here']);
});

test('a cancelled photo is waited for by nobody, at work or not, and its worker is told', async () => {
  const { workers, answers, ask, at } = setUp({ most: 1 });
  const [first, second] = [new AbortController(), new AbortController()];
  ask('a', first.signal);
  ask('b', second.signal);
  ask('c');
  second.abort();
  first.abort();
  await settle();
  expect(workers[0]?.cancelled).toBe(1);
  expect(answers).toEqual(['a here']);
  workers[0]?.fail(new Error('Cancelled.'));
  await settle();
  expect(answers).toEqual(['a here', 'b here']);
  expect(at()).toEqual(['c']);
});

test('a worker that dies leaves its photo to the engine; after three the workers are left alone', async () => {
  const { workers, answers, ask, at } = setUp({ most: 1 });
  for (const name of 'abcde') ask(name);
  for (const nth of [0, 1]) {
    workers[nth]?.die();
    await settle();
    expect(workers[nth]?.ended).toBe(true);
  }
  expect(answers).toEqual(['a here', 'b here']);
  expect(at()).toEqual(['a', 'b', 'c']);
  workers[2]?.die();
  await settle();
  expect(answers.toSorted()).toEqual(['a here', 'b here', 'c here', 'd here', 'e here']);
  ask('f');
  await settle();
  expect(answers.at(-1)).toBe('f here');
  expect(workers).toHaveLength(3);
});

test('workers end after a while without work', async () => {
  const { workers, ask } = setUp();
  ask('a');
  ask('b');
  workers[0]?.finish(photo(4));
  await vi.advanceTimersByTimeAsync(5000);
  expect(workers.map(({ ended }) => ended)).toEqual([false, false]);
  workers[1]?.finish(photo(4));
  await vi.advanceTimersByTimeAsync(1000);
  expect(workers.map(({ ended }) => ended)).toEqual([true, true]);
  ask('c');
  expect(workers[2]?.at).toBe('c');
});
