import { expect, test } from 'vitest';
import { FakeFolder } from './fakeFolder.ts';
import { BatchSources } from './BatchSources.ts';
import { keyOf } from './sources.ts';

const row = (path: string, content: string) => ({
  key: keyOf(path, { size: content.length, lastModified: 1 }),
  path,
  name: path.slice(path.lastIndexOf('/') + 1),
});

test('of two folders of one name, the one that has the photo as it was answers', async () => {
  const sources = new BatchSources();
  const cards = ['first card', 'second'].map((text) => new FakeFolder('100CANON', { 'IMG_1.jpg': text }).handle);
  sources.open(cards.map((handle) => ({ folders: [handle.name], handle, complete: true })));
  const of = async (content: string) => (await sources.photoOf(row('100CANON/IMG_1.jpg', content))).text();
  expect(await of('first card')).toBe('first card');
  expect(await of('second')).toBe('second');
  await expect(of('neither')).rejects.toThrow('has been changed');
  await expect(sources.photoOf(row('100CANON/IMG_2.jpg', ''))).rejects.toThrow('choose its folder again');
});
