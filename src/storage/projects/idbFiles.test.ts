import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import { IdbFiles } from './idbFiles.ts';

const streamOf = (text: string) => new Blob([text]).stream();

it('keeps files by name, also for the next visit, until they are deleted', async () => {
  const files = await IdbFiles.open('files-1');
  expect(await files.write('a', streamOf('one'))).toBe(3);
  await files.write('b', streamOf(''));
  const again = await IdbFiles.open('files-1');
  expect((await again.list()).toSorted()).toEqual(['a', 'b']);
  expect(await (await again.read('a'))?.text()).toBe('one');
  expect((await again.read('b'))?.size).toBe(0);
  expect(await again.read('c')).toBeNull();
  await again.delete('a');
  await again.delete('a');
  expect(await again.list()).toEqual(['b']);
  expect(await (await IdbFiles.open('files-2')).list()).toEqual([]);
});

it('leaves nothing of a write that fails', async () => {
  const files = await IdbFiles.open('files-3');
  const broken = new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(new Error('gone')) });
  await expect(files.write('a', broken)).rejects.toThrow();
  expect(await files.list()).toEqual([]);
});
