import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AnysizeError } from '../../core/errors.ts';
import { EngineGone } from './EngineGone.ts';
import { EnginePool, OnlyFirstCan, type PoolMember, type PoolParts } from './EnginePool.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

interface Call {
  task: string;
  end: () => void;
  fail: (error: Error) => void;
}

/** An engine whose work ends when it is told to. */
class FakeEngine implements PoolMember {
  readonly calls: Call[] = [];
  readonly cancelled: string[] = [];
  ended = false;
  /** Whether it is in the middle of something and hears nothing. */
  deaf = false;
  die: () => void = () => {};
  readonly gone = new Promise<void>((resolve) => {
    this.die = () => {
      for (const { fail } of this.calls.splice(0)) fail(new EngineGone());
      resolve();
    };
  });

  constructor(readonly name: string) {}

  do(task: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const over = () => this.calls.splice(this.calls.indexOf(call), 1);
      const call = {
        task,
        end: () => {
          over();
          resolve(`${task} on ${this.name}`);
        },
        fail: (error: Error) => {
          over();
          reject(error);
        },
      };
      this.calls.push(call);
    });
  }

  cancel(task: string): void {
    this.cancelled.push(task);
    if (this.deaf) return;
    this.calls.find((call) => call.task === task)?.fail(new AnysizeError('Cancelled', 'Ended.'));
  }

  end(): void {
    this.ended = true;
    this.die();
  }

  get tasks(): string {
    return this.calls.map(({ task }) => task).join('');
  }
}

function setUp(parts: Partial<PoolParts<FakeEngine>> = {}) {
  const engines = [new FakeEngine('first')];
  const counts: number[] = [];
  const pool = new EnginePool<FakeEngine>({
    first: engines[0]!,
    start: async () => {
      const engine = new FakeEngine(`helper ${engines.length}`);
      engines.push(engine);
      return engine;
    },
    most: () => 2,
    asked: () => true,
    idle: 1000,
    tell: (count) => counts.push(count),
    ...parts,
  });
  const answers: string[] = [];
  const run = (tasks: string, job: { key?: string; onFirst?: boolean } = {}) => {
    for (const task of tasks) {
      pool
        .run({ task, name: `${task}.jpg`, ...job }, (engine) => engine.do(task))
        .then(
          (answer) => answers.push(answer),
          (error: Error) => answers.push(`${task}: ${error.name}`),
        );
    }
  };
  const endAll = async () => {
    for (const engine of engines) while (engine.calls.length > 0) engine.calls[0]?.end();
    await settle();
  };
  const settle = () => vi.advanceTimersByTimeAsync(0);
  const helpers = async (count: number) => {
    for (let i = 0; i < count; i++) {
      pool.want(99, null);
      await settle();
    }
  };
  return { pool, engines, counts, answers, run, settle, endAll, helpers };
}

test('the first engine is alone until more waits than it is worth', async () => {
  const { pool, engines, run, settle } = setUp();
  run('ab');
  pool.want(1, null);
  await settle();
  expect(engines).toHaveLength(1);
  expect(engines[0]?.tasks).toBe('ab');
  pool.want(2, null);
  await settle();
  expect(pool.count).toBe(2);
  run('cd');
  expect(engines[1]?.tasks).toBe('cd');
});

test('each piece goes to the engine with the least to do, and they are started one at a time up to the most', async () => {
  const { pool, engines, run, helpers, counts } = setUp({ most: () => 3 });
  pool.want(99, null);
  pool.want(99, null);
  await vi.advanceTimersByTimeAsync(0);
  expect(pool.count).toBe(2);
  await helpers(4);
  expect(counts).toEqual([2, 3]);
  run('abcdef');
  expect(engines.map(({ tasks }) => tasks)).toEqual(['ad', 'be', 'cf']);
});

test('what only the first can do waits for it, also when a helper finds out later', async () => {
  const { engines, run, helpers, settle, answers } = setUp();
  await helpers(1);
  run('abc', { onFirst: true });
  expect(engines[0]?.tasks).toBe('abc');
  run('d');
  expect(engines[1]?.tasks).toBe('d');
  engines[1]?.calls[0]?.fail(new OnlyFirstCan());
  await settle();
  expect(engines[0]?.tasks).toBe('abcd');
  engines[0]?.calls[3]?.end();
  await settle();
  expect(answers).toEqual(['d on first']);
});

test('a photo that comes again goes where its map is, unless that engine has more to do', async () => {
  const { engines, run, helpers, settle } = setUp();
  await helpers(1);
  run('a', { key: 'one' });
  run('b', { key: 'two' });
  engines[0]?.calls[0]?.end();
  engines[1]?.calls[0]?.end();
  await settle();
  run('c', { key: 'two' });
  run('d', { key: 'two' });
  expect(engines[1]?.tasks).toBe('cd');
  run('e', { key: 'two' });
  expect(engines[0]?.tasks).toBe('e');
});

test('what a dead engine was doing is done by the others, a new one comes, and nothing is lost', async () => {
  const { pool, engines, run, helpers, settle, endAll, answers, counts } = setUp();
  await helpers(1);
  run('abcd');
  expect(engines.map(({ tasks }) => tasks)).toEqual(['ac', 'bd']);
  engines[1]?.die();
  await settle();
  expect(engines[1]?.ended).toBe(true);
  expect(engines[0]?.tasks).toBe('acbd');
  await helpers(1);
  expect(counts).toEqual([2, 1, 2]);
  run('e');
  expect(engines[2]?.tasks).toBe('e');
  await endAll();
  expect(answers.toSorted()).toEqual(['a on first', 'b on first', 'c on first', 'd on first', 'e on helper 2']);
  expect(pool.count).toBe(2);
});

test('a photo that one engine dies of goes to another, and fails by name when that dies too', async () => {
  const { engines, run, helpers, settle, answers } = setUp();
  await helpers(1);
  run('ab', { onFirst: true });
  run('x');
  engines[1]?.die();
  await settle();
  // The helper's work came to the first only because there was no other.
  expect(engines[0]?.tasks).toBe('abx');
  engines[0]?.calls[2]?.end();
  await settle();
  expect(answers).toEqual(['x on first']);

  const three = setUp({ most: () => 3 });
  await three.helpers(2);
  three.run('abcd', { onFirst: true });
  three.run('x');
  three.engines[1]?.die();
  await three.settle();
  expect(three.engines[2]?.tasks).toBe('x');
  three.engines[2]?.die();
  await three.settle();
  expect(three.answers).toEqual(['x: EngineStopped']);
  expect(three.engines[0]?.tasks).toBe('abcd');
});

test('what the first was at when it died is done again by its successor, and not for ever', async () => {
  const { engines, run, settle, answers } = setUp();
  const fail = async () => {
    engines[0]?.calls[0]?.fail(new EngineGone());
    await settle();
  };
  run('a');
  await fail();
  expect(engines[0]?.tasks).toBe('a');
  engines[0]?.calls[0]?.end();
  await settle();
  run('b');
  await fail();
  await fail();
  expect(answers).toEqual(['a on first', 'b: EngineStopped']);
});

test('cancelling reaches the engine that is at it, and holds between two engines', async () => {
  const { pool, engines, run, helpers, settle, answers } = setUp();
  await helpers(1);
  run('abc');
  pool.cancel('b');
  await settle();
  expect(engines.map(({ cancelled }) => cancelled.join(''))).toEqual(['', 'b']);
  expect(answers).toEqual(['b: Cancelled']);
  run('d');
  expect(engines[1]?.tasks).toBe('d');
  Object.assign(engines[1] ?? {}, { deaf: true });
  pool.cancel('d');
  engines[1]?.die();
  await settle();
  expect(answers).toEqual(['b: Cancelled', 'd: Cancelled']);
  expect(engines[0]?.tasks).toBe('ac');
  pool.cancel('nothing');
});

test('helpers end when nothing was asked for a while, and those that are too many end when they are free', async () => {
  let most = 3;
  const { pool, engines, run, helpers, settle, endAll } = setUp({ most: () => most });
  await helpers(2);
  run('abc');
  await vi.advanceTimersByTimeAsync(5000);
  expect(pool.count).toBe(3);
  most = 2;
  expect(pool.count).toBe(2);
  run('d');
  expect(engines[2]?.tasks).toBe('c');
  engines[2]?.calls[0]?.end();
  await settle();
  expect(engines.map(({ ended }) => ended)).toEqual([false, false, true]);
  await endAll();
  await vi.advanceTimersByTimeAsync(999);
  expect(pool.count).toBe(2);
  await vi.advanceTimersByTimeAsync(1);
  expect(pool.count).toBe(1);
  expect(engines[1]?.ended).toBe(true);
});

test('work that was at a helper when the pool ended it is done by the first, however often', async () => {
  const { pool, engines, run, helpers, settle, endAll, answers } = setUp();
  await helpers(1);
  run('a', { onFirst: true });
  run('b');
  pool.endHelpers();
  await settle();
  expect(engines[0]?.tasks).toBe('ab');
  await endAll();
  expect(answers).toEqual(['a on first', 'b on first']);
});

test('engines that do not start are given up after a few, and the photos are done without them', async () => {
  let tries = 0;
  const { pool, engines, run, helpers, settle, answers } = setUp({
    start: () => {
      tries++;
      return Promise.reject(new AnysizeError('NoBackend', 'no memory'));
    },
  });
  await helpers(9);
  expect(tries).toBe(5);
  expect(pool.count).toBe(1);
  run('a');
  engines[0]?.calls[0]?.end();
  await settle();
  expect(answers).toEqual(['a on first']);
});
