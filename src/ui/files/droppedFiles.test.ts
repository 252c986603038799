import { expect, it, vi } from 'vitest';
import { filesFromDataTransfer } from './droppedFiles.ts';

type Tree = { [name: string]: Tree | string };

/** A file entry; the text "!" stands for one that cannot be opened. */
function fileEntry(name: string, text: string) {
  return {
    name,
    isFile: true,
    isDirectory: false,
    file: (resolve: (file: File) => void, reject: (error: Error) => void) =>
      text === '!' ? reject(new Error('not permitted')) : resolve(new File([text], name)),
  };
}

/** A folder entry that, like Chromium's, hands out its children a few at a time. */
function folderEntry(name: string, tree: Tree): object {
  return {
    name,
    isFile: false,
    isDirectory: true,
    createReader: () => {
      const rest = Object.entries(tree).map(([child, value]) => entryOf(child, value));
      return { readEntries: (resolve: (some: object[]) => void) => resolve(rest.splice(0, 3)) };
    },
  };
}

const entryOf = (name: string, value: Tree | string) =>
  typeof value === 'string' ? fileEntry(name, value) : folderEntry(name, value);

const item = (entry: object | null, file: File | null = null) => ({
  kind: 'file',
  webkitGetAsEntry: () => entry,
  getAsFile: () => file,
});

const drop = (...items: object[]) => items as unknown as DataTransferItemList;

it('reads folders to any depth, in natural order, past the first handful', async () => {
  const flowers = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`${12 - i}.jpg`, 'x']));
  const files = await filesFromDataTransfer(
    drop(
      item(folderEntry('set', { roses: flowers, a: { b: { 'deep.png': 'deep' } } })),
      item(fileEntry('lone.gif', 'y')),
    ),
  );
  expect(files.map(({ path }) => path)).toEqual([
    'set/a/b/deep.png',
    ...Array.from({ length: 12 }, (_, i) => `set/roses/${i + 1}.jpg`),
    'lone.gif',
  ]);
  expect(await files[0]!.file.text()).toBe('deep');
});

it('leaves out what operating systems put there, and keeps other hidden files', async () => {
  const tree = {
    '.DS_Store': 'x',
    'Thumbs.db': 'x',
    '._a.jpg': 'x',
    __MACOSX: { 'a.jpg': 'x' },
    '.hidden.jpg': 'x',
    'a.jpg': 'x',
  };
  const files = await filesFromDataTransfer(drop(item(folderEntry('f', tree)), item(fileEntry('.DS_Store', 'x'))));
  expect(files.map(({ path }) => path)).toEqual(['f/.hidden.jpg', 'f/a.jpg']);
});

it('goes on past what cannot be opened, and tells', async () => {
  const onUnreadable = vi.fn();
  const files = await filesFromDataTransfer(drop(item(folderEntry('f', { 'a.jpg': '!', 'b.jpg': 'x' }))), onUnreadable);
  expect(files.map(({ path }) => path)).toEqual(['f/b.jpg']);
  expect(onUnreadable).toHaveBeenCalledExactlyOnceWith(
    'f/a.jpg',
    expect.objectContaining({ message: 'not permitted' }),
  );
});

it('takes plain files where the browser gives no entries, and ignores dropped text', async () => {
  const files = await filesFromDataTransfer(
    drop(item(null, new File(['x'], 'p.png')), { kind: 'string' }, item(null, null)),
  );
  expect(files.map(({ path }) => path)).toEqual(['p.png']);
});

it('asks for all entries before it first waits: the browser empties the list then', async () => {
  const items = [item(fileEntry('1.jpg', 'x')), item(fileEntry('2.jpg', 'x'))];
  const reading = filesFromDataTransfer(drop(...items));
  items.length = 0;
  expect(await reading).toHaveLength(2);
});
