import 'fake-indexeddb/auto';
import { expect, test, vi } from 'vitest';
import { IdbFiles } from './projects/idbFiles.ts';
import { NOTHING, photo } from './projects/storageFixtures.ts';
import { StorageService } from './StorageService.ts';

// Node has no file system for pages: what WebKitGTK is like.

test('without a file system for pages projects are kept all the same', async () => {
  const service = new StorageService();
  expect(await service.state()).toEqual({ durable: true, reason: null });
  // Node has no locks either: the sweep at the start is to be over before anything is written.
  await service.purge('none');
  const id = await service.create('Flowers');
  const classes = [{ id: 'a', name: 'a', colour: 0 }];
  await service.save(id, await service.claim(id), { ...NOTHING, classes, photos: [photo(1, 'one', 'a')] });
  const next = new StorageService();
  await next.purge('none');
  const { photos } = await next.load(id);
  const [part] = await next.photoParts(id, photos);
  expect(await part?.file?.text()).toBe('one');
});

test('project files that an earlier visit exported go at the next', async () => {
  const exports = await IdbFiles.open('anysize-exports');
  await exports.write('old.zip', new Blob(['zip']).stream());
  expect(await exports.list()).toEqual(['old.zip']);
  await new StorageService().state();
  await vi.waitFor(async () => expect(await exports.list()).toEqual([]));
});
