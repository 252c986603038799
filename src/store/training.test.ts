import type { RunRow } from '../core/project/model.ts';
import { expect, test } from 'vitest';
import { useStore } from './store.ts';

const run = (id: string) => ({ id, name: id, classes: ['a', 'b'], threshold: 0 }) as RunRow;

test('runs come and go in the list of heads; a head from a file stays', () => {
  const { setHeads, addRun, removeRun } = useStore.getState();
  const ids = () => useStore.getState().heads.map(({ id }) => id);
  addRun(run('first'));
  setHeads([...useStore.getState().heads, { id: 'file', name: 'from a file', classes: ['a', 'b'], threshold: 0 }]);
  addRun(run('second'));
  expect(ids()).toEqual(['second', 'first', 'file']);
  removeRun('first');
  expect(ids()).toEqual(['second', 'file']);
});
