import { expect, test } from 'vitest';
import { placesOf } from './classFolders.ts';

const classesOf = (...paths: string[]) => placesOf(paths).map(({ className }) => className);
const sidesOf = (...paths: string[]) => placesOf(paths).map(({ holdout }) => holdout);

test('each dropped folder is a class, alone, side by side or within one that holds them', () => {
  expect(classesOf('daisy/a.jpg', 'daisy/b.jpg')).toEqual(['daisy', 'daisy']);
  expect(classesOf('daisy/a.jpg', 'roses/b.jpg')).toEqual(['daisy', 'roses']);
  expect(classesOf('flowers/daisy/a.jpg', 'flowers/roses/b.jpg')).toEqual(['daisy', 'roses']);
  expect(classesOf('a/b/daisy/a.jpg', 'a/b/roses/b.jpg')).toEqual(['daisy', 'roses']);
});

test('folders within a class folder belong to the class', () => {
  expect(classesOf('daisy/2024/a.jpg', 'daisy/2025/b.jpg', 'roses/c.jpg')).toEqual(['daisy', 'daisy', 'roses']);
});

test('photos without a folder, and beside the class folders, have no class', () => {
  expect(classesOf('a.jpg')).toEqual([null]);
  expect(classesOf('flowers/cover.jpg', 'flowers/daisy/a.jpg', 'flowers/roses/b.jpg')).toEqual([
    null,
    'daisy',
    'roses',
  ]);
  expect(classesOf('a.jpg', 'daisy/b.jpg')).toEqual([null, 'daisy']);
});

test('train, val and test above class folders are sides', () => {
  const paths = ['set/train/daisy/a.jpg', 'set/Validation/daisy/b.jpg', 'set/test/roses/c.jpg'];
  expect(classesOf(...paths)).toEqual(['daisy', 'daisy', 'roses']);
  expect(sidesOf(...paths)).toEqual(['train', 'val', 'test']);
  expect(classesOf('train/daisy/a.jpg', 'val/daisy/b.jpg')).toEqual(['daisy', 'daisy']);
  expect(sidesOf('train/daisy/a.jpg', 'val/daisy/b.jpg')).toEqual(['train', 'val']);
  expect(classesOf('set/train/daisy/a.jpg', 'set/train/roses/b.jpg')).toEqual(['daisy', 'roses']);
});

test('train and test that hold photos themselves are class names', () => {
  expect(classesOf('train/a.jpg', 'bus/b.jpg')).toEqual(['train', 'bus']);
  expect(sidesOf('train/a.jpg', 'bus/b.jpg')).toEqual([null, null]);
});

test('odd names are just names', () => {
  const long = 'x'.repeat(300);
  expect(classesOf('__proto__/a.jpg', 'constructor/b.jpg', `${long}/c.jpg`, 'ורדים/d.jpg')).toEqual([
    '__proto__',
    'constructor',
    long,
    'ורדים',
  ]);
  expect(sidesOf('__proto__/constructor/a.jpg', '__proto__/toString/b.jpg')).toEqual([null, null]);
});

test('climbing path parts are dropped', () => {
  expect(classesOf('../../etc/a.jpg', '../b/./c.jpg')).toEqual(['etc', 'b']);
});
