import { expect, test } from 'vitest';
import { photosOfFolders } from './zipFolders.ts';

function sorted(...files: string[]) {
  const { classes, photos, notices } = photosOfFolders(files);
  const names = new Map(classes.map(({ id, name }) => [id, name]));
  return { photos: photos.map(({ name, classId, holdout }) => [names.get(classId ?? ''), name, holdout]), notices };
}

test('folders within a class folder belong to the class, as when they are dropped into Fine-tune', () => {
  expect(sorted('set/roses/2020/1.jpg', 'set/roses/2021/2.jpg', 'set/tulips/2020/3.jpg').photos).toEqual([
    ['roses', '1.jpg', null],
    ['roses', '2.jpg', null],
    ['tulips', '3.jpg', null],
  ]);
});

test('sides stand above class folders, at any depth', () => {
  expect(sorted('set/train/roses/2020/1.jpg', 'set/val/tulips/2.jpg').photos).toEqual([
    ['roses', '1.jpg', 'train'],
    ['tulips', '2.jpg', 'val'],
  ]);
});

test('what is left out is counted by why; what systems leave is not worth a word', () => {
  const { photos, notices } = sorted(
    'set/cover.jpg',
    'set/a/1.jpg',
    'set/b/2.jpg',
    'set/b/notes.txt',
    '__MACOSX/set/a/._1.jpg',
  );
  expect(photos.map(([, name]) => name)).toEqual(['1.jpg', '2.jpg']);
  expect(notices).toEqual(['1 photo was left out: in no class folder.', '1 other file was left out: no photo.']);
});
