import { expect, test } from 'vitest';
import type { Case, Contender } from './cases.ts';
import { runCases } from './runCases.ts';

/** A contender that takes 1, 2, 3… ms, and writes down its turns. */
function contender(name: string, turns: string[], more: Partial<Contender> = {}): Contender {
  let count = 0;
  return {
    name,
    measure: async () => {
      turns.push(name);
      return { milliseconds: ++count, stages: { decode: 10 * count } };
    },
    ...more,
  };
}

const one = (contenders: Contender[]): Case => ({ id: 'a', title: 'A', note: 'n', contenders });

test('contenders take turns, and the first sample of each is not counted', async () => {
  const turns: string[] = [];
  const seen: number[] = [];
  const [result] = await runCases([one([contender('x', turns), contender('y', turns)])], {
    rounds: 3,
    onProgress: (fraction) => seen.push(fraction),
  });
  expect(turns.join('')).toBe('xyxyxyxy');
  expect(result?.results[0]).toMatchObject({ median: 3, samples: 3, stages: [{ name: 'decode', milliseconds: 30 }] });
  expect(seen[0]).toBe(0);
  expect(seen.at(-1)).toBeCloseTo(7 / 8);
});

test('what fails is said and left out, the others go on', async () => {
  const turns: string[] = [];
  const broken = contender('x', turns, { measure: () => Promise.reject(new Error('no network')) });
  const [result] = await runCases([one([broken, contender('y', turns)])], { rounds: 2 });
  expect(result?.results.map(({ failed, samples }) => [failed, samples])).toEqual([
    ['no network', 0],
    [undefined, 2],
  ]);
});

test('cancelling ends it between two samples', async () => {
  const turns: string[] = [];
  const controller = new AbortController();
  const onProgress = () => turns.length === 3 && controller.abort(new Error('enough'));
  const work = runCases([one([contender('x', turns)])], { rounds: 9, signal: controller.signal, onProgress });
  await expect(work).rejects.toThrow('enough');
  expect(turns).toHaveLength(3);
});

test('who has had its time is left with two samples', async () => {
  const slow = contender('x', [], { measure: async () => ({ milliseconds: 60_000 }) });
  const [result] = await runCases([one([slow])], { rounds: 9 });
  expect(result?.results[0]?.samples).toBe(2);
});
