import { expect, test } from 'vitest';
import { sortDrop } from './sortDrop.ts';

const drop = (...paths: string[]) =>
  paths.map((path) => ({ path, file: new File(['x'], path.slice(path.lastIndexOf('/') + 1)) }));

test('in folders only photos count, and what is left out is counted; a single file goes on whatever it is', () => {
  const { files, leftOut, folders } = sortDrop(
    drop('set/notes.txt', 'set/rose/1.jpg', 'set/rose/2.jpg', 'set/daisy/1.png', 'set/daisy/list.csv', 'alone.txt'),
  );
  expect(files.map(({ path }) => path)).toEqual(['set/rose/1.jpg', 'set/rose/2.jpg', 'set/daisy/1.png', 'alone.txt']);
  expect({ leftOut, folders }).toEqual({ leftOut: 2, folders: 2 });
});
