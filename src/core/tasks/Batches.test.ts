import { expect, test } from 'vitest';
import { Batches } from './Batches.ts';

/** Items are words: those of one length go together. */
function setUp({ most = 8, depth = 2 } = {}) {
  const runs: { items: string; end: () => Promise<void>; fail: (error: Error) => Promise<void> }[] = [];
  const settle = () => new Promise<void>((resolve) => void setTimeout(resolve));
  const batches = new Batches<string, string>({
    keyOf: ({ length }) => String(length),
    most: () => most,
    depth,
    run: (items) =>
      new Promise((resolve, reject) => {
        const end = () => {
          resolve(items.map((item) => item.toUpperCase()));
          return settle();
        };
        const fail = (error: Error) => {
          reject(error);
          return settle();
        };
        runs.push({ items: items.join(), end, fail });
      }),
  });
  const answers: string[] = [];
  const add = (item: string, asking = {}) =>
    batches.add(item, asking).then(
      (answer) => answers.push(answer),
      (error: Error) => answers.push(`${item}: ${error.message}`),
    );
  return { add, runs, answers, settle, said: () => runs.map(({ items }) => items) };
}

test('one item goes at once; what comes while batches are at work goes together, in its order', async () => {
  const { add, runs, said, answers } = setUp();
  for (const item of ['a', 'b', 'c', 'dd', 'e', 'ff', 'g']) void add(item);
  expect(said()).toEqual(['a', 'b']);
  await runs[1]?.end();
  expect(said()).toEqual(['a', 'b', 'c,e,g']);
  await runs[0]?.end();
  expect(said()).toEqual(['a', 'b', 'c,e,g', 'dd,ff']);
  await runs[2]?.end();
  expect(answers).toEqual(['B', 'A', 'C', 'E', 'G']);
});

test('no more at a time than may go together, and no more batches than may be at work', async () => {
  const { add, runs, said } = setUp({ most: 3, depth: 1 });
  for (const item of 'abcdefgh') void add(item);
  await runs[0]?.end();
  await runs[1]?.end();
  await runs[2]?.end();
  expect(said()).toEqual(['a', 'b,c,d', 'e,f,g', 'h']);
});

test('what has a lower number goes before what came earlier', async () => {
  const { add, runs, said } = setUp({ depth: 1, most: 2 });
  void add('a', { order: 1 });
  void add('bb', { order: 2 });
  void add('ccc', { order: 3 });
  void add('dd', { order: 3 });
  void add('ee', { order: 2 });
  void add('fff', { order: -1 });
  for (let i = 0; i < 3; i++) await runs[i]?.end();
  expect(said()).toEqual(['a', 'fff,ccc', 'bb,ee', 'dd']);
});

test('a batch that fails is run again one by one, so that one that fails fails alone', async () => {
  const { add, runs, said, answers } = setUp({ depth: 1 });
  for (const item of 'abcd') void add(item);
  await runs[0]?.end();
  await runs[1]?.fail(new Error('all'));
  await runs[2]?.end();
  await runs[3]?.fail(new Error('mine'));
  await runs[4]?.end();
  expect(said()).toEqual(['a', 'b,c,d', 'b', 'c', 'd']);
  expect(answers).toEqual(['A', 'B', 'c: mine', 'D']);
});

test('what is cancelled rejects at once, wherever it is, and the others have their answers', async () => {
  const { add, runs, said, answers, settle } = setUp({ depth: 1 });
  const cancels = new Map(['b', 'c', 'dd'].map((item) => [item, new AbortController()]));
  for (const item of ['a', 'b', 'c', 'dd', 'ee']) void add(item, { signal: cancels.get(item)?.signal });
  cancels.get('dd')?.abort(new Error('stop'));
  await settle();
  expect(answers).toEqual(['dd: stop']);
  await runs[0]?.end();
  cancels.get('c')?.abort(new Error('stop'));
  await settle();
  expect(answers).toEqual(['dd: stop', 'A', 'c: stop']);
  await runs[1]?.fail(new Error('all'));
  await runs[2]?.end();
  expect(said()).toEqual(['a', 'b,c', 'b', 'ee']);
  expect(answers).toEqual(['dd: stop', 'A', 'c: stop', 'B']);

  const gone = AbortSignal.abort(new Error('never'));
  await add('f', { signal: gone });
  expect(answers.at(-1)).toBe('f: never');
});
