import { expect, it } from 'vitest';
import { severalAtOnce } from './severalAtOnce.ts';

const items = Array.from({ length: 10 }, (_, i) => i);
const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

it('has no more than so many at work, and answers in order', async () => {
  const seen = { now: 0, most: 0 };
  const squares = await severalAtOnce(items, 3, async (i) => {
    seen.most = Math.max(seen.most, ++seen.now);
    await later(i % 2);
    seen.now--;
    return i * i;
  });
  expect(squares).toEqual(items.map((i) => i * i));
  expect(seen).toEqual({ now: 0, most: 3 });
});

it('begins nothing after an error, and ends what was begun before it tells', async () => {
  const ended: number[] = [];
  const work = async (i: number) => {
    if (i === 2) throw new Error('two');
    await later(5);
    ended.push(i);
  };
  await expect(severalAtOnce(items, 3, work)).rejects.toThrow('two');
  expect(ended).toEqual([0, 1]);
});
