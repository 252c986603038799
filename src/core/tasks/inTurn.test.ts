import { expect, test } from 'vitest';
import { inTurn } from './inTurn.ts';

test('each piece of work begins when the one before is over, also where that failed', async () => {
  const run = inTurn();
  const seen: string[] = [];
  let open = () => {};
  const first = run(async () => {
    seen.push('a begins');
    await new Promise<void>((resolve) => (open = resolve));
    seen.push('a ends');
    throw new Error('a failed');
  });
  const second = run(() => seen.push('b'));
  await Promise.resolve();
  await Promise.resolve();
  expect(seen).toEqual(['a begins']);
  open();
  await expect(first).rejects.toThrow('a failed');
  expect(await second).toBe(3);
  expect(seen).toEqual(['a begins', 'a ends', 'b']);
});
