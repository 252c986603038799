import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AnysizeError } from '../../../core/errors.ts';
import { DEFAULT_SPLIT, DEFAULT_TRAINING, DEFAULT_VECTORS } from '../../../core/training/defaults.ts';
import type { TrainingProgress, TrainingRequest } from '../../../core/training/model.ts';
import { type EarlyProgress, EarlyVectors, type Wanted } from './EarlyVectors.ts';

const request: TrainingRequest = {
  name: '',
  classes: [],
  samples: [],
  split: DEFAULT_SPLIT,
  vectors: DEFAULT_VECTORS,
  training: DEFAULT_TRAINING,
};

/** An engine whose passes end when the test says so. */
function setting() {
  const passes: { task: string; tell: (p: TrainingProgress) => void; end: () => void; fail: (e: Error) => void }[] = [];
  const told: (EarlyProgress | null)[] = [];
  const now: { wanted: Wanted | null } = { wanted: { options: 'a', photos: new Set(['1', '2']) } };
  const early = new EarlyVectors({
    wanted: () => now.wanted,
    request: async () => request,
    prepare: (task, _, tell) => new Promise<void>((end, fail) => passes.push({ task, tell, end, fail })),
    cancel: (task) => passes.find((pass) => pass.task === task)?.fail(new AnysizeError('Cancelled', '')),
    tell: (progress) => told.push(progress),
  });
  const settle = () => vi.advanceTimersByTimeAsync(300);
  return { early, now, passes, told, settle };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('photos that come while a pass goes on are the next pass’s, and what is made is not asked for again', async () => {
  const { early, now, passes, settle } = setting();
  early.look();
  await settle();
  expect(passes).toHaveLength(1);
  now.wanted = { options: 'a', photos: new Set(['1', '2', '3']) };
  early.look();
  await settle();
  expect(passes).toHaveLength(1);
  passes[0]?.end();
  await settle();
  expect(passes).toHaveLength(2);
  passes[1]?.end();
  early.look();
  await settle();
  expect(passes).toHaveLength(2);
});

test('other options, or photos that went, end a pass and begin another', async () => {
  const { early, now, passes, settle } = setting();
  early.look();
  await settle();
  now.wanted = { options: 'b', photos: new Set(['1', '2']) };
  early.look();
  await settle();
  expect(passes).toHaveLength(2);
  now.wanted = { options: 'b', photos: new Set(['1']) };
  early.look();
  await settle();
  expect(passes).toHaveLength(3);
});

test('a training stops it at once; when that is over it goes on', async () => {
  const { early, now, passes, told, settle } = setting();
  const photos = new Set(['1', '2']);
  early.look();
  await settle();
  now.wanted = null;
  early.stop();
  await settle();
  early.look();
  await settle();
  expect(passes).toHaveLength(1);
  expect(told.at(-1)).toBeNull();
  now.wanted = { options: 'a', photos };
  early.look();
  await settle();
  expect(passes).toHaveLength(2);
});

test('what cannot be made is not tried for ever, but again after a change', async () => {
  const { early, now, passes, settle } = setting();
  early.look();
  await settle();
  passes[0]?.fail(new AnysizeError('BadArgument', 'the rule does not fit'));
  await settle();
  early.look();
  await settle();
  expect(passes).toHaveLength(1);
  now.wanted = { options: 'fits', photos: new Set(['1', '2']) };
  early.look();
  await settle();
  expect(passes).toHaveLength(2);
});

test('the time left is that of all photos there are, also of those that came since', async () => {
  const { early, now, passes, told, settle } = setting();
  early.look();
  await settle();
  now.wanted = { options: 'a', photos: new Set(['1', '2', '3', '4', '5']) };
  passes[0]?.tell({ phase: 'vectors', done: 1, total: 2, cached: 0, secondsLeft: 3 });
  expect(told.at(-1)).toEqual({ done: 1, total: 5, secondsLeft: 12 });
});
