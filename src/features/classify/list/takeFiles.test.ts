import { beforeEach, expect, test, vi } from 'vitest';
import { useStore } from '../../../store/store.ts';
import { queue } from './queue.ts';
import { takeFiles, useFolderOffer } from './takeFiles.ts';

const files = (...paths: string[]) =>
  paths.map((path) => ({ path, file: new File(['x'], path.slice(path.lastIndexOf('/') + 1)) }));

beforeEach(() => {
  vi.spyOn(queue, 'add').mockReturnValue([]);
  useStore.setState(useStore.getInitialState(), true);
});

test('folders that come, dropped or picked, are offered as classes; loose photos after them withdraw the offer', () => {
  takeFiles(files('set/a/1.jpg', 'set/b/1.jpg', 'set/b/notes.txt'));
  expect(useFolderOffer.getState().files).toHaveLength(2);
  expect(useStore.getState().notices[0]?.text).toBe('1 file in these folders is not a photo and was left out.');
  takeFiles(files('2.jpg'));
  expect(useFolderOffer.getState().files).toBeNull();
});
