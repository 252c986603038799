import { expect, it } from 'vitest';
import type { Box } from '../../../../core/find/boxes.ts';
import { AskedProposals } from './AskedProposals.ts';

const boxes: readonly Box[] = [[0, 0, 10, 10]];

/** A source whose answers come when they are let. */
function source() {
  const asked: string[] = [];
  const cancelled: string[] = [];
  const waiting = new Map<string, { resolve: (boxes: readonly Box[]) => void; reject: (reason: Error) => void }>();
  let tasks = 0;
  const proposals = new AskedProposals(
    {
      compute: (task, photoId) => {
        asked.push(photoId);
        return new Promise((resolve, reject) => waiting.set(task, { resolve, reject }));
      },
      cancel: (task) => {
        cancelled.push(task);
        waiting.get(task)?.reject(new Error('cancelled'));
      },
      newTask: () => `t${++tasks}`,
    },
    2,
  );
  const answer = async (task: string) => {
    await Promise.resolve();
    await Promise.resolve();
    waiting.get(task)?.resolve(boxes);
  };
  return { proposals, asked, cancelled, answer };
}

it('asks once for a photo and keeps the answer', async () => {
  const { proposals, asked, answer } = source();
  const both = [proposals.of('a'), proposals.of('a')];
  await answer('t1');
  expect(await Promise.all(both)).toEqual([boxes, boxes]);
  expect(proposals.known('a')).toBe(boxes);
  await proposals.of('a');
  expect(asked).toEqual(['a']);
});

it('gives up what is no longer looked at, and asks anew when it is again', async () => {
  const { proposals, asked, cancelled, answer } = source();
  const left = proposals.of('a');
  await answer('none');
  proposals.giveUpAllBut(['b', null]);
  expect(cancelled).toEqual(['t1']);
  expect(await left).toEqual([]);
  expect(proposals.known('a')).toBeUndefined();
  const again = proposals.of('a');
  await answer('t2');
  expect(await again).toBe(boxes);
  expect(asked).toEqual(['a', 'a']);
});

it('does not begin what was given up before it began', async () => {
  const { proposals, asked } = source();
  const left = proposals.of('a');
  proposals.giveUpAllBut([]);
  expect(await left).toEqual([]);
  expect(asked).toEqual([]);
});

it('does not keep what comes after it was given up', async () => {
  let done = (_boxes: readonly Box[]) => {};
  const late = new Promise<readonly Box[]>((resolve) => (done = resolve));
  const proposals = new AskedProposals({ compute: () => late, cancel: () => {}, newTask: () => 't' }, 2);
  const left = proposals.of('a');
  await Promise.resolve();
  await Promise.resolve();
  proposals.giveUpAllBut([]);
  done([]);
  await left;
  expect(proposals.known('a')).toBeUndefined();
});

it('lets go of the photo looked at longest ago', async () => {
  const { proposals, answer } = source();
  for (const [i, id] of ['a', 'b', 'c'].entries()) {
    const asked = proposals.of(id);
    await answer(`t${i + 1}`);
    await asked;
  }
  expect(['a', 'b', 'c'].map((id) => proposals.known(id) !== undefined)).toEqual([false, true, true]);
});
