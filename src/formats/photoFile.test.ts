import { expect, test } from 'vitest';
import { isPhotoFile } from './photoFile.ts';

test('photos are told from what systems leave in folders', () => {
  expect(isPhotoFile('a.JPG', '')).toBe(true);
  expect(isPhotoFile('photo', 'image/jpeg')).toBe(true);
  expect(isPhotoFile('._a.jpg', 'image/jpeg')).toBe(false);
  expect(isPhotoFile('Thumbs.db', '')).toBe(false);
  expect(isPhotoFile('ATTRIBUTION.tsv', 'text/tab-separated-values')).toBe(false);
});
