import { expect, it } from 'vitest';
import type { Scene } from '../../../core/project/findModel.ts';
import type { PhotoRow } from '../../../core/project/model.ts';
import { type FindMaterial, leftOutWords, trainable, whyNotTrain } from './trainable.ts';

const photo = (id: string, status: PhotoRow['status'] = 'ready'): PhotoRow => ({
  id,
  name: `${id}.jpg`,
  path: `${id}.jpg`,
  bytes: 1,
  status,
  error: null,
  hash: status === 'ready' ? id : null,
  perceptual: [0, 0],
  width: 10,
  height: 10,
  thumbnailUrl: null,
});
const scene = (classes: string[], complete = false): Scene => ({
  boxes: classes.map((classId, i) => ({ id: String(i), classId, box: [0, 0, 5, 5] })),
  complete,
});
const material = (scenes: Record<string, Scene>, waiting: string[] = []): FindMaterial => ({
  findClasses: [
    { id: 'r', name: 'raccoon', colour: 0 },
    { id: 'f', name: 'fox', colour: 1 },
  ],
  scenes: new Map(Object.entries(scenes)),
  photos: new Map(Object.keys(scenes).map((id) => [id, photo(id, waiting.includes(id) ? 'waiting' : 'ready')])),
});
const why = (scenes: Record<string, Scene>, waiting?: string[]) => {
  const all = material(scenes, waiting);
  return whyNotTrain(all, trainable(all, Object.keys(scenes)));
};

it('takes photos with boxes, and complete ones without any', () => {
  const scenes = { a: scene(['r', 'r']), b: scene([], true), c: scene([]), d: scene(['r'], true) };
  const found = trainable(material(scenes), ['a', 'b', 'c', 'd']);
  expect(found).toEqual({ ids: ['a', 'b', 'd'], unmarked: ['a'], complete: 2, boxes: new Map([['r', 3]]), waiting: 0 });
});

it('says why training cannot start', () => {
  expect(why({ a: scene([]) })).toMatch(/no box yet/);
  expect(why({ a: scene([], true) })).toMatch(/no box yet/);
  expect(why({ a: scene(['r']) })).toBe('“raccoon” has one box: draw at least 2.');
  expect(why({ a: scene(['r', 'r', 'f']) })).toBe('“fox” has one box: draw at least 2.');
  expect(why({ a: scene(['r', 'r']), b: scene(['r']) }, ['b'])).toBe('1 photo with boxes is still being read.');
  expect(why({ a: scene(['r']), b: scene(['r']) })).toBeNull();
});

it('names the classes that are left out', () => {
  const all = material({ a: scene(['r', 'r']) });
  expect(leftOutWords(all, trainable(all, ['a']))).toBe('“fox” has no box and is left out.');
  const both = material({ a: scene(['r', 'f']) });
  expect(leftOutWords(both, trainable(both, ['a']))).toBeNull();
});
