import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { UNDO_MS } from '../core/project/model.ts';
import { createUndo } from './createUndo.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('the last one can be taken back for half a minute; each is let go once, or taken back and not let go', () => {
  const gone: string[] = [];
  const undo = createUndo<string>((thing) => gone.push(thing));
  undo.offer('a');
  vi.advanceTimersByTime(UNDO_MS - 1);
  undo.offer('b');
  expect(gone).toEqual(['a']);
  vi.advanceTimersByTime(UNDO_MS - 1);
  expect(undo.useLast.getState().last).toBe('b');
  expect(undo.take()).toBe('b');
  expect(undo.take()).toBeNull();
  undo.offer('c');
  vi.advanceTimersByTime(UNDO_MS);
  expect(undo.useLast.getState().last).toBeNull();
  undo.forget();
  expect(gone).toEqual(['a', 'c']);
});
