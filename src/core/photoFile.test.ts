import { expect, test } from 'vitest';
import { isPhotoFile, isSystemPath } from './photoFile.ts';

test('photos are told from what systems leave in folders', () => {
  expect(isPhotoFile('a.JPG', '')).toBe(true);
  expect(isPhotoFile('photo', 'image/jpeg')).toBe(true);
  expect(isPhotoFile('._a.jpg', 'image/jpeg')).toBe(false);
  expect(isPhotoFile('Thumbs.db', '')).toBe(false);
  expect(isPhotoFile('ATTRIBUTION.tsv', 'text/tab-separated-values')).toBe(false);
});

test('what systems leave is known in any folder, by whole names only', () => {
  for (const path of ['__MACOSX/a.jpg', 'set/__macosx/a/b.jpg', 'a\\._b.jpg', '.Trashes/a.jpg', 'a/Desktop.ini']) {
    expect(isSystemPath(path), path).toBe(true);
  }
  for (const path of ['my__MACOSX/a.jpg', 'a/b.Trashes/c.jpg', 'a/.hidden.jpg', 'a/not.DS_Store.jpg']) {
    expect(isSystemPath(path), path).toBe(false);
  }
});
