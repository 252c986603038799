import { expect, test } from 'vitest';
import { InFlight } from './InFlight.ts';

function deferred<T>() {
  let resolve: (value: T) => void = () => {};
  let reject: (error: Error) => void = () => {};
  const promise = new Promise<T>((...both) => ([resolve, reject] = both));
  return { promise, resolve, reject };
}

test('work begins at once, and tells how it ended', async () => {
  const inFlight = new InFlight();
  let begun = 0;
  const good = inFlight.follow(async () => ++begun);
  expect(begun).toBe(1);
  expect(await good).toEqual({ result: 1 });
  const error = new Error('no');
  expect(await inFlight.follow(() => Promise.reject(error))).toEqual({ error });
});

test('only the time with something in flight counts, once where pieces overlap', async () => {
  let now = 0;
  const inFlight = new InFlight(() => now);
  const [one, two] = [deferred<number>(), deferred<number>()];
  now = 10;
  const first = inFlight.follow(() => one.promise);
  now = 15;
  const second = inFlight.follow(() => two.promise);
  now = 20;
  one.resolve(1);
  await first;
  expect(inFlight.busy).toBe(10);
  now = 40;
  two.resolve(2);
  await second;
  now = 100;
  expect(inFlight.busy).toBe(30);
});

test('an interruption ends what was in flight when it was made ready, and nothing later', async () => {
  const inFlight = new InFlight();
  const [stuck, later] = [deferred<number>(), deferred<number>()];
  const first = inFlight.follow(() => stuck.promise);
  const interrupt = inFlight.interrupter();
  const second = inFlight.follow(() => later.promise);
  const error = new Error('lost');
  interrupt(error);
  expect(await first).toEqual({ error });
  later.resolve(2);
  expect(await second).toEqual({ result: 2 });
});

test('whoever waits for all of it to be over waits for the last piece', async () => {
  const inFlight = new InFlight();
  await inFlight.over();
  const [one, two] = [deferred<number>(), deferred<number>()];
  void inFlight.follow(() => one.promise);
  const second = inFlight.follow(() => two.promise);
  let over = false;
  const waiting = inFlight.over().then(() => (over = true));
  one.resolve(1);
  await Promise.resolve();
  await Promise.resolve();
  expect(over).toBe(false);
  two.reject(new Error('no'));
  await second;
  await waiting;
  expect(over).toBe(true);
});
