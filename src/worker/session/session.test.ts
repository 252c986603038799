/** Which work runs when, and again, on backends that do what they are told. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { RunningBackend } from './backend.ts';
import type { DeviceProblem } from './deviceProblems.ts';
import { PieceTooLarge } from './models.ts';
import { Session } from './session.ts';

interface Fake {
  backend: RunningBackend;
  lose: () => void;
  /** What the watches that end from now on tell of. */
  problems: (DeviceProblem | null)[];
  /** Watches that have begun and not ended. */
  watching: number;
}

const started = vi.hoisted(() => ({ choices: [] as string[], fakes: [] as unknown[] }));
const fakes = started.fakes as Fake[];

vi.mock('./backend.ts', () => ({
  trimPool: () => {},
  retireWasm: () => {},
  startBackend: async (choice: 'webgpu' | 'wasm') => {
    started.choices.push(choice);
    let lose = () => {};
    const lost = new Promise<string>((resolve) => (lose = () => resolve('lost')));
    const fake: Fake = {
      lose,
      problems: [],
      watching: 0,
      backend: {
        info: { name: choice, device: '', reason: '', software: false, forced: true },
        device: choice === 'webgpu' ? ({ destroy: () => lose() } as unknown as GPUDevice) : null,
        lost,
        pixelBudget: 8e6,
        watch: () => {
          fake.watching++;
          return {
            end: async () => {
              fake.watching--;
              return fake.problems.shift() ?? null;
            },
          };
        },
      },
    };
    fakes.push(fake);
    return fake.backend;
  },
}));
vi.mock('../models/backbone.ts', () => ({ loadEmbeddedBackbone: async () => ({ dispose: () => {} }) }));
vi.mock('./knownImage.ts', () => ({ computesRight: async () => true }));

beforeEach(() => {
  vi.useFakeTimers();
  started.choices.length = 0;
  fakes.length = 0;
});
afterEach(() => void vi.useRealTimers());

const settle = () => vi.advanceTimersByTimeAsync(100);

async function start() {
  const notices: string[] = [];
  const session = new Session('http://localhost/', 'webgpu', (event) => {
    if (event.type === 'notice') notices.push(event.text);
  });
  await session.switchTo('webgpu');
  const runs: { name: string; end: (answer: string) => void; fail: (error: Error) => void }[] = [];
  const answers: string[] = [];
  /** Work that ends when it is told to. */
  const work = (name: string) => () => new Promise<string>((end, fail) => void runs.push({ name, end, fail }));
  const note = (name: string, answer: Promise<string>) =>
    void answer.then(
      (text) => answers.push(text),
      (error: Error) => answers.push(`${name}: ${error instanceof PieceTooLarge ? 'too large' : error.message}`),
    );
  const submit = (name: string, cutting = {}) => note(name, session.submit(work(name), cutting));
  const compute = (name: string) => note(name, session.compute(work(name)));
  const said = () => runs.map(({ name }) => name).join('');
  await settle();
  return { session, notices, runs, answers, submit, compute, said };
}

test('what is submitted begins while answers before it are awaited; other work has the backend to itself', async () => {
  const { submit, compute, said, runs, answers } = await start();
  submit('a');
  submit('b');
  await settle();
  expect(said()).toBe('ab');
  expect(fakes[0]?.watching).toBe(0);
  compute('c');
  submit('d');
  await settle();
  expect(said()).toBe('abc');
  expect(fakes[0]?.watching).toBe(1);
  runs[1]?.end('B');
  runs[2]?.end('C');
  await settle();
  expect(said()).toBe('abcd');
  runs[0]?.end('A');
  runs[3]?.fail(new Error('bad photo'));
  await settle();
  expect(answers).toEqual(['B', 'C', 'A', 'd: bad photo']);
});

test('a lost device is started again once, when nothing is in flight on it, and all that was runs again', async () => {
  const { submit, said, runs, answers, notices } = await start();
  for (const name of 'abc') submit(name);
  await settle();
  runs[1]?.end('B');
  await settle();
  fakes[0]?.lose();
  runs[0]?.fail(new Error('the device is gone'));
  await settle();
  // One of them has not noticed yet.
  expect(started.choices).toEqual(['webgpu']);
  runs[2]?.fail(new Error('the device is gone'));
  await settle();
  expect(started.choices).toEqual(['webgpu', 'webgpu']);
  expect(said()).toBe('abcac');
  runs[3]?.end('A');
  runs[4]?.end('C');
  await settle();
  expect(answers).toEqual(['B', 'A', 'C']);
  expect(notices).toHaveLength(1);
});

test('reads that a lost device leaves hanging are given up after a while', async () => {
  const { submit, said, runs, answers } = await start();
  for (const name of 'ab') submit(name);
  await settle();
  fakes[0]?.lose();
  await vi.advanceTimersByTimeAsync(4000);
  expect(said()).toBe('abab');
  runs[2]?.end('A');
  runs[3]?.end('B');
  await settle();
  expect(answers).toEqual(['A', 'B']);
});

test('another backend waits for what is in flight on the one before', async () => {
  const { session, submit, runs, answers } = await start();
  submit('a');
  await settle();
  const switched = session.switchTo('wasm');
  await settle();
  expect(started.choices).toEqual(['webgpu']);
  runs[0]?.end('A');
  await settle();
  expect((await switched).name).toBe('wasm');
  expect(started.choices).toEqual(['webgpu', 'wasm']);
  expect(answers).toEqual(['A']);
});

test('without room several photos are told so at once and nobody else is; one photo gets tiles', async () => {
  const { session, submit, runs, answers, notices } = await start();
  fakes[0]?.problems.push('memory');
  submit('a', { shrinks: true, photos: 4 });
  await settle();
  runs[0]?.end('zeros');
  await settle();
  expect(answers).toEqual(['a: too large']);
  expect(notices).toEqual([]);
  expect(session.pixelBudget).toBe(8e6);
  fakes[0]?.problems.push('memory');
  submit('b', { shrinks: true });
  await settle();
  runs[1]?.end('zeros');
  await settle();
  expect(answers.at(-1)).toBe('b: too large');
  expect(notices).toHaveLength(1);
  expect(session.pixelBudget).toBe(4e6);
});

test('the time with something in flight is counted', async () => {
  const { session, submit, runs } = await start();
  const before = session.busy;
  await vi.advanceTimersByTimeAsync(500);
  expect(session.busy).toBe(before);
  submit('a');
  await vi.advanceTimersByTimeAsync(300);
  runs[0]?.end('A');
  await settle();
  expect(session.busy - before).toBe(300);
});
