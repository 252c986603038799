import { expect, test, vi } from 'vitest';
import type { GradientDescent } from '../../core/training/gradientDescent.ts';
import { RunControl } from './RunControl.ts';

const fakeDescent = () =>
  ({
    pause: vi.fn(),
    resume: vi.fn(),
    stop: vi.fn(),
  }) satisfies Partial<GradientDescent> as Partial<GradientDescent> as GradientDescent;

test('a held run waits until it may go on, or is cancelled', async () => {
  const control = new RunControl();
  const seen: string[] = [];
  const signal = new AbortController().signal;
  control.pause();
  const waiting = control.whileHeld(signal).then(() => seen.push('on'));
  await Promise.resolve();
  expect(seen).toEqual([]);
  control.resume();
  await waiting;
  expect(seen).toEqual(['on']);
  const cancelled = new AbortController();
  control.pause();
  const never = control.whileHeld(cancelled.signal);
  cancelled.abort(new Error('enough'));
  await expect(never).rejects.toThrow('enough');
});

test('a descent that begins while the run is held begins held; only a descent can be ended early', async () => {
  const control = new RunControl();
  const descent = fakeDescent();
  expect([control.stop(), control.stopped]).toEqual([false, false]);
  control.pause();
  await control.during(descent, async () => {
    expect(descent.pause).toHaveBeenCalledOnce();
    control.resume();
    expect(descent.resume).toHaveBeenCalledOnce();
    expect(control.stop()).toBe(true);
  });
  expect(descent.stop).toHaveBeenCalledOnce();
  expect([control.stop(), control.stopped]).toEqual([false, true]);
});
