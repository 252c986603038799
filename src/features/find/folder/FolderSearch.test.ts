import { expect, it } from 'vitest';
import { AnysizeError } from '../../../core/errors.ts';
import type { Find, FindAnswer } from '../../../core/find/model.ts';
import { FolderSearch, type FolderState } from './FolderSearch.ts';

const find = (probability: number): Find => ({ label: 'fox', classIndex: 0, score: 0, probability, box: [0, 0, 5, 5] });
const answer = (probabilities: number[]): FindAnswer => ({
  size: { width: 10, height: 10 },
  finds: probabilities.map(find),
  windows: 1,
  milliseconds: { maps: 0, proposals: 0, windows: 0 },
});
const files = (...paths: string[]) => paths.map((path) => ({ file: new File(['x'], path), path }));

/** Runs a search to its end. */
function search(paths: string[], answers: (path: string, search: FolderSearch | null) => Promise<FindAnswer>) {
  return new Promise<{ state: FolderState; search: FolderSearch; asked: string[] }>((resolve) => {
    const asked: string[] = [];
    let made: FolderSearch | null = null;
    made = new FolderSearch(files(...paths), {
      classes: ['fox'],
      find: (_, { path }) => {
        asked.push(path);
        return answers(path, made);
      },
      cancel: () => {},
      shown: (finds) => finds.filter(({ probability }) => probability >= 0.5),
      tell: (state) => {
        if (state.progress === null) queueMicrotask(() => made && resolve({ state, search: made, asked }));
      },
    });
  });
}

it('goes through the photos by name, leaves other files out and writes what it finds', async () => {
  const {
    state,
    search: done,
    asked,
  } = await search(['10.jpg', '2.jpg', 'notes.txt', '._2.jpg'], async (path) =>
    answer(path === '2.jpg' ? [0.9, 0.2] : []),
  );
  expect(asked).toEqual(['2.jpg', '10.jpg']);
  expect(state).toMatchObject({ photos: 2, withFinds: 1, boxes: 1, failures: 0, left: 0 });
  const coco = JSON.parse(await done.file.coco().text());
  expect(coco.images.map((image: { file_name: string }) => image.file_name)).toEqual(['2.jpg', '10.jpg']);
  expect(coco.annotations).toHaveLength(1);
});

it('names what could not be searched, and goes on', async () => {
  const { state, search: done } = await search(['1.jpg', '2.jpg', '3.jpg'], async (path) => {
    if (path === '2.jpg') throw new AnysizeError('UnreadableImage', 'It is broken.');
    return answer([0.9]);
  });
  expect(state).toMatchObject({ photos: 2, failures: 1, failed: [{ path: '2.jpg', message: 'It is broken.' }] });
  expect(await done.file.csv().text()).toContain('It is broken.');
});

it('stops, and keeps what was found by then', async () => {
  const paths = Array.from({ length: 40 }, (_, i) => `${i}.jpg`);
  const { state } = await search(paths, async (path, made) => {
    if (path === '5.jpg') made?.stop();
    return answer([0.9]);
  });
  expect(state.progress).toBeNull();
  expect(state.photos + state.left).toBe(40);
  expect(state.left).toBeGreaterThan(0);
});

it('is over at once where there is no photo', async () => {
  const told: FolderState[] = [];
  const search = new FolderSearch(files('notes.txt'), {
    classes: [],
    find: () => Promise.reject(new Error('never')),
    cancel: () => {},
    shown: (finds) => finds,
    tell: (state) => told.push(state),
  });
  expect(told.at(-1)).toMatchObject({ progress: null, photos: 0 });
  expect(search.file).toBeDefined();
});
