import { expect, it, vi } from 'vitest';

vi.mock('../../../client/engineClient.ts', () => ({ engine: {} }));
const { nextRunName } = await import('./job.ts');

it('names a run after those that are there, of this visit or an earlier one', () => {
  const named = (...names: string[]) => nextRunName(names.map((name) => ({ name })));
  expect(named()).toBe('Run 1');
  expect(named('Run 2', 'my best', 'Run 1')).toBe('Run 3');
  expect(named('Run 7')).toBe('Run 8');
  expect(named('Run 1 with SGD')).toBe('Run 1');
});
