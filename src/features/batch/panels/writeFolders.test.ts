import { expect, test } from 'vitest';
import { row } from '../../../core/batchFixtures.ts';
import { FakeFolder } from '../run/fakeFolder.ts';
import { writeFolders, type WriteParts } from './writeFolders.ts';

function parts(changes: Partial<WriteParts> = {}): WriteParts {
  return {
    photoOf: async ({ path, name }) => new File([`bytes of ${path}`], name),
    onProgress: () => {},
    signal: new AbortController().signal,
    ...changes,
  };
}

test('copies by class: names made safe, the same name numbered, unknown apart, unreadable left out', async () => {
  const target = new FakeFolder('target', { 'mine.jpg': 'mine' });
  const steps: number[] = [];
  const outcome = await writeFolders(
    target.handle,
    [
      row('a/1.jpg', 'cat', 0.9),
      row('b/1.jpg', 'Cat', 0.9),
      row('a/2?.jpg', '../up', 0.9),
      row('a/3.jpg', 'cat', 0.1, { unknown: true }),
      row('a/4.jpg', 'x', 0.1, { top: [] }),
      row('a/5.jpg'),
    ],
    parts({ onProgress: (done) => steps.push(done) }),
  );
  expect(outcome).toEqual({ folder: 'sorted by class', written: 5, missing: [] });
  expect(target.all()).toEqual({
    'mine.jpg': 'mine',
    'sorted by class/cat/1.jpg': 'bytes of a/1.jpg',
    'sorted by class/cat/1 2.jpg': 'bytes of b/1.jpg',
    'sorted by class/_up/2_.jpg': 'bytes of a/2?.jpg',
    'sorted by class/unknown/3.jpg': 'bytes of a/3.jpg',
    'sorted by class/no class/4.jpg': 'bytes of a/4.jpg',
  });
  expect(steps).toEqual([0, 1, 2, 3, 4, 5]);
});

test('nothing that is there is written over: a second time goes into a folder of its own', async () => {
  const target = new FakeFolder('target', { 'Sorted by class/cat/1.jpg': 'mine' });
  const rows = [row('1.jpg', 'cat', 0.9)];
  expect((await writeFolders(target.handle, rows, parts())).folder).toBe('sorted by class 2');
  expect((await writeFolders(target.handle, rows, parts())).folder).toBe('sorted by class 3');
  expect(target.all()['Sorted by class/cat/1.jpg']).toBe('mine');
});

test('a photo that is not at hand is named, the others are copied', async () => {
  const target = new FakeFolder('target');
  const photoOf: WriteParts['photoOf'] = async ({ name }) => {
    if (name === '1.jpg') throw new Error('not at hand');
    return new File(['x'], name);
  };
  const rows = [row('1.jpg', 'cat', 0.9), row('2.jpg', 'cat', 0.9)];
  expect(await writeFolders(target.handle, rows, parts({ photoOf }))).toMatchObject({ written: 1, missing: ['1.jpg'] });
});

test('cancelling stops between photos, and a full disk ends it', async () => {
  const target = new FakeFolder('target');
  const stop = new AbortController();
  const onProgress = (done: number) => done === 1 && stop.abort();
  const rows = [row('1.jpg', 'cat', 0.9), row('2.jpg', 'cat', 0.9), row('3.jpg', 'cat', 0.9)];
  await expect(writeFolders(target.handle, rows, parts({ onProgress, signal: stop.signal }))).rejects.toThrow('abort');
  expect(Object.keys(target.all())).not.toContain('sorted by class/cat/3.jpg');
  const photoOf = () => Promise.reject(new DOMException('full', 'QuotaExceededError'));
  await expect(writeFolders(target.handle, rows, parts({ photoOf }))).rejects.toThrow('full');
});
