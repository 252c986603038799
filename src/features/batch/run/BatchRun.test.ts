import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AnysizeError, type ErrorName } from '../../../core/errors.ts';
import type { BatchProgress } from '../../../store/batch.ts';
import { type BatchFile, BatchRun } from './BatchRun.ts';

function photos(...names: string[]): BatchFile[] {
  return names.map((name) => ({ key: name, path: name, file: new File(['x'], name) }));
}

async function* list(files: BatchFile[], gate?: Promise<void>): AsyncGenerator<BatchFile> {
  for (const file of files) yield file;
  await gate;
}

/** A run over an engine that answers when told. */
function setUp(known: string[] = []) {
  const calls: { key: string; task: string; answer: () => void; fail: (name: ErrorName) => void }[] = [];
  const saved: string[] = [];
  const reports: { rows: string[]; progress: BatchProgress }[] = [];
  const listed: number[] = [];
  const run = new BatchRun<string>(
    {
      analyse: ({ key }, task) =>
        new Promise((resolve, reject) => {
          calls.push({ key, task, answer: () => resolve(key), fail: (name) => reject(new AnysizeError(name, name)) });
        }),
      failed: ({ key }, { name }) => `${key}: ${name}`,
      cancel: (task) => calls.find((call) => call.task === task)?.fail('Cancelled'),
      save: (row) => saved.push(row),
      report: (rows, progress) => reports.push({ rows, progress }),
      listed: (found) => listed.push(found),
      now: () => Date.now(),
    },
    known,
  );
  const keys = () => calls.map(({ key }) => key);
  const rows = () => reports.flatMap((report) => report.rows);
  return { run, calls, keys, saved, reports, rows, listed };
}

const settle = (ms = 300) => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('two at a time, in order, each saved at once, the end told', async () => {
  const { run, calls, keys, saved, rows } = setUp();
  run.add(list(photos('a', 'b', 'c')));
  await settle();
  expect(keys()).toEqual(['a', 'b']);
  calls[1]?.answer();
  await settle(0);
  expect(saved).toEqual(['b']);
  expect(keys()).toEqual(['a', 'b', 'c']);
  calls[0]?.answer();
  calls[2]?.answer();
  await expect(run.ended).resolves.toEqual({ how: 'finished' });
  expect(rows()).toEqual(['b', 'a', 'c']);
});

test('what has a result is not computed again, nor what is listed twice', async () => {
  const { run, calls, keys, listed, reports } = setUp(['b', 'gone']);
  run.add(list(photos('a', 'b', 'a', 'c')));
  await settle();
  for (const call of calls) call.answer();
  await expect(run.ended).resolves.toEqual({ how: 'finished' });
  expect(keys()).toEqual(['a', 'c']);
  expect(listed).toEqual([4]);
  expect(reports.at(-1)?.progress).toMatchObject({ total: 4, done: 4, listing: false });
});

test('a run with nothing to do ends at once', async () => {
  const { run, keys } = setUp(['a']);
  run.add(list(photos('a')));
  await expect(run.ended).resolves.toEqual({ how: 'finished' });
  expect(keys()).toEqual([]);
});

test('a photo that cannot be read becomes a row, and the rest goes on', async () => {
  const { run, calls, saved } = setUp();
  run.add(list(photos('a', 'b', 'c')));
  await settle();
  calls[0]?.fail('UnreadableImage');
  calls[1]?.answer();
  await settle();
  calls[2]?.answer();
  await run.ended;
  expect(saved).toEqual(['a: UnreadableImage', 'b', 'c']);
});

test.each(['DeviceLost', 'NoBackend', 'UnknownHead'] as const)(
  '%s is no photo’s fault: the run halts, and no photo counts as failed',
  async (name) => {
    const { run, calls, keys, saved } = setUp();
    run.add(list(photos('a', 'b', 'c', 'd')));
    await settle();
    calls[0]?.answer();
    await settle(0);
    calls[1]?.fail(name);
    const end = await run.ended;
    expect(end).toMatchObject({ how: 'halted', error: { name } });
    expect(saved).toEqual(['a']);
    expect(keys()).toEqual(['a', 'b', 'c']);
  },
);

test('stopping gives up what is being computed, keeps what is done, and starts nothing more', async () => {
  const { run, calls, keys, saved, reports } = setUp();
  run.add(list(photos('a', 'b', 'c', 'd')));
  await settle();
  calls[0]?.answer();
  await settle(0);
  run.stop();
  await expect(run.ended).resolves.toEqual({ how: 'stopped' });
  await settle();
  expect(saved).toEqual(['a']);
  expect(keys()).toEqual(['a', 'b', 'c']);
  const told = reports.length;
  await settle(2000);
  expect(reports).toHaveLength(told);
});

test('photos are computed while the folder is still being listed, and a second folder joins', async () => {
  const { run, calls, keys, listed, reports } = setUp();
  let open = () => {};
  run.add(list(photos('a'), new Promise((resolve) => (open = resolve))));
  await settle();
  calls[0]?.answer();
  await settle();
  expect(reports.at(-1)?.progress).toMatchObject({ listing: true, total: 1, done: 1, secondsLeft: null });
  run.add(list(photos('b')));
  await settle();
  expect(keys()).toEqual(['a', 'b']);
  expect(listed).toEqual([]);
  open();
  calls[1]?.answer();
  await expect(run.ended).resolves.toEqual({ how: 'finished' });
  expect(listed).toEqual([2]);
});

test('a list that ends after the run was stopped tells nothing more', async () => {
  const { run, reports } = setUp();
  let open = () => {};
  run.add(list(photos('a'), new Promise((resolve) => (open = resolve))));
  await settle();
  run.stop();
  await run.ended;
  const told = reports.length;
  open();
  await settle(2000);
  expect(reports).toHaveLength(told);
});

test('a folder that can no longer be listed halts the run in words', async () => {
  const { run, calls } = setUp();
  run.add(
    (async function* () {
      yield* photos('a');
      throw new Error('The folder is gone.');
    })(),
  );
  await settle();
  calls[0]?.answer();
  expect(await run.ended).toMatchObject({ how: 'halted', error: { message: 'The folder is gone.' } });
});

test('told at most four times a second; rate and time left follow the pace of late', async () => {
  const { run, calls, reports } = setUp();
  const names = Array.from({ length: 3000 }, (_, i) => `${i}`);
  run.add(list(photos(...names)));
  await settle(0);
  for (let done = 0; done < 200; done++) {
    calls[done]?.answer();
    await settle(100);
  }
  const before = reports.length;
  expect(before).toBeLessThanOrEqual(20 * 4 + 2);
  expect(reports.at(-1)?.progress.pace).toBeCloseTo(10, 0);
  expect(reports.at(-1)?.progress.secondsLeft).toBeCloseTo(280, -1);
  for (let done = 200; done < 1200; done++) {
    calls[done]?.answer();
    await settle(20);
  }
  // The slow start is forgotten by now.
  expect(reports.at(-1)?.progress.pace).toBeCloseTo(50, -1);
  expect(calls.at(-1)?.key).toBe('1201');
});
