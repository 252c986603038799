import { expect, test } from 'vitest';
import { StoredIdMap } from './StoredIdMap.ts';

test('a number that a run still names is never given to another photo', () => {
  const ids = new StoredIdMap();
  ids.knowPhoto('image-1', 1);
  expect(ids.gonePhoto(1)).toBe('image-1');
  const gone = ids.gonePhoto(3);
  expect(gone).toBe('gone-3');
  expect(ids.photo('image-2')).toBe(4);
  // Saved again, the run names the same number.
  expect(ids.photo(gone)).toBe(3);
});
