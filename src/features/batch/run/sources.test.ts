import { expect, test } from 'vitest';
import type { BatchEntry } from './BatchRun.ts';
import { FakeFolder } from './fakeFolder.ts';
import { fileInFolder, filesSource, folderSource, keyOf, peek } from './sources.ts';

async function pathsOf(list: AsyncIterable<BatchEntry>): Promise<string[]> {
  const paths: string[] = [];
  for await (const { path } of list) paths.push(path);
  return paths;
}

const file = (name: string, content = 'x', lastModified = 1) => new File([content], name, { lastModified });

test('a key tells the place, the size and the time of last change, and nothing else', () => {
  const key = keyOf('a/b.jpg', file('b.jpg'));
  expect(keyOf('a/b.jpg', file('b.jpg'))).toBe(key);
  expect(keyOf('c/b.jpg', file('b.jpg'))).not.toBe(key);
  expect(keyOf('a/b.jpg', file('b.jpg', 'xx'))).not.toBe(key);
  expect(keyOf('a/b.jpg', file('b.jpg', 'x', 2))).not.toBe(key);
});

test('of a list only photos are taken, by name; it can be listed again', async () => {
  const list = ['t/10.jpg', 't/9.JPG', 't/notes.txt', 't/.DS_Store', 't/._9.jpg', 't/a/1.png'].map((path) => ({
    path,
    file: file(path.slice(path.lastIndexOf('/') + 1)),
  }));
  const source = filesSource(list);
  expect(source.folder).toBe('t');
  expect(await pathsOf(source.files())).toEqual(['t/9.JPG', 't/10.jpg', 't/a/1.png']);
  expect(await pathsOf(source.files())).toHaveLength(3);
  expect(filesSource([{ path: 'loose.jpg', file: file('loose.jpg') }]).folder).toBeNull();
});

test('a folder is walked to its depth, with the keys that a list of the same photos has', async () => {
  const folder = new FakeFolder('t', { '9.jpg': 'x', 'a/b/1.png': 'x', 'notes.txt': 'x', '__MACOSX/9.jpg': 'x' });
  const walked: BatchEntry[] = [];
  for await (const photo of folderSource(folder.handle).files()) walked.push(photo);
  expect(walked.map(({ path }) => path)).toEqual(['t/9.jpg', 't/a/b/1.png']);
  expect(walked[1]?.key).toBe(keyOf('t/a/b/1.png', file('1.png')));
});

test('a photo is found again in its folder by its path', async () => {
  const folder = new FakeFolder('t', { 'a/b/1.png': 'hello' }).handle;
  expect(await (await fileInFolder(folder, 't/a/b/1.png')).text()).toBe('hello');
  await expect(fileInFolder(folder, 'other/a/b/1.png')).rejects.toThrow('not in this folder');
  await expect(fileInFolder(folder, 't/a/2.png')).rejects.toThrow();
});

test('looking at the first photos takes none of them away', async () => {
  const source = filesSource(['1.jpg', '2.jpg', '3.jpg'].map((path) => ({ path, file: file(path) })));
  const { first, all } = await peek(source.files(), 2);
  expect(first.map(({ path }) => path)).toEqual(['1.jpg', '2.jpg']);
  expect(await pathsOf(all)).toEqual(['1.jpg', '2.jpg', '3.jpg']);
  const whole = await peek(source.files(), 10);
  expect(whole.first).toHaveLength(3);
  expect(await pathsOf(whole.all)).toHaveLength(3);
});
