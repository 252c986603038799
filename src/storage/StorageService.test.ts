import { expect, test } from 'vitest';
import { StorageService } from './StorageService.ts';
import { NOTHING, photo } from './projects/storageFixtures.ts';

test('where the browser denies storage everything works in memory, and says so', async () => {
  // Node has neither IndexedDB nor an origin private file system.
  const service = new StorageService();
  const state = await service.state();
  expect(state.durable).toBe(false);
  expect(state.reason).toContain('does not let the page keep anything');
  const id = await service.create('Flowers');
  const writer = await service.claim(id);
  await service.save(id, writer, {
    ...NOTHING,
    classes: [{ id: 'a', name: 'a', colour: 0 }],
    photos: [photo(1, 'one', 'a')],
  });
  const fractions: number[] = [];
  const { file, left } = await service.export('t', id, null, null, (fraction) => fractions.push(fraction));
  expect(left).toBe(0);
  expect(fractions).toEqual([1]);
  const { id: copy } = await service.import('t', file as File, () => {});
  const { photos } = await service.load(copy);
  const [part] = await service.photoParts(copy, photos);
  expect(await part?.file?.text()).toBe('one');
});

test('an export that is stopped rejects and leaves nothing', async () => {
  const service = new StorageService();
  const id = await service.create('Flowers');
  const photos = [photo(1, 'one', 'a'), photo(2, 'two', 'a')];
  await service.save(id, await service.claim(id), { ...NOTHING, classes: [{ id: 'a', name: 'a', colour: 0 }], photos });
  await expect(service.export('t', id, null, null, () => service.cancel('t'))).rejects.toMatchObject({
    name: 'AbortError',
  });

  // What was written of a picked file goes as well: its stream is aborted, not left open.
  let aborted = false;
  const out = new WritableStream({ abort: () => void (aborted = true) });
  const handle = { createWritable: async () => out } as unknown as FileSystemFileHandle;
  await expect(service.export('t', id, null, handle, () => service.cancel('t'))).rejects.toMatchObject({
    name: 'AbortError',
  });
  expect(aborted).toBe(true);
});
