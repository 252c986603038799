import { expect, test, vi } from 'vitest';
import { zipFiles } from './zipFiles.ts';
import { unzip } from './zipFixtures.ts';

test('files come back as they went in, in their order, and the same files give the same bytes', async () => {
  const files = { 'z/long.txt': new Uint8Array(10_000).fill(65), 'a.bin': Uint8Array.of(1, 2, 3) };
  const zip = await zipFiles(files);
  const read = await unzip(zip);
  expect(read).toEqual(files);
  expect(Object.keys(read)).toEqual(['z/long.txt', 'a.bin']);
  expect(zip.length).toBeLessThan(1000);
  vi.useFakeTimers({ now: new Date(2040, 1, 2), toFake: ['Date'] });
  expect(await zipFiles(files)).toEqual(zip);
  vi.useRealTimers();
});
