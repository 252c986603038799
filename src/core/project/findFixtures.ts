import type { FinderRun } from '../find/model.ts';
import { partEnds } from '../find/finderMaps.ts';
import { DEFAULT_FINDER, type FinderSettings } from '../find/settings.ts';
import type { ProjectFind, StoredScene } from './findModel.ts';

/** The shortest vector that there is. */
const SETTINGS: FinderSettings = { ...DEFAULT_FINDER, maps: ['middle'], levels: [1], side: 300 };

/** Numbers that half precision, or rounding of any kind, would change. */
const numbers = (count: number, from: number) => Float32Array.from({ length: count }, (_, i) => (from + i) / 7);

/** A run of a finder of two classes that learned from one photo and was measured on another. */
export function finderRun(id: string, train = '1', heldOut = '2'): FinderRun {
  const length = partEnds(SETTINGS).at(-1) ?? 0;
  const classes = ['cat', '__proto__'];
  return {
    id,
    name: 'Finder 1',
    created: '2026-01-03T03:04:05.678Z',
    classes,
    settings: SETTINGS,
    split: { share: 0.25, seed: 1 },
    backend: 'wasm',
    seconds: { reading: 1.5, training: 0.25 },
    train: [train],
    heldOut: [heldOut],
    stamps: ['1f', '2g'],
    rounds: [{ round: 0, positives: 3, negatives: 15, added: 15, ap: [0.5, null] }],
    metrics: {
      classes: classes.map((name, i) => ({
        name,
        truth: i,
        ap50: i === 0 ? null : 1 / 3,
        ap75: null,
        ap: null,
        threshold: -0.25,
        f1: 0.5,
        curve: [{ score: 0.1, precision: 1, recall: 1 / 3 }],
      })),
      map50: 1 / 3,
      map75: null,
      map: null,
      errors: [
        { kind: 'missed', photo: heldOut, classIndex: 0, box: [0, 0, 4, 4], score: null },
        { kind: 'similar class', photo: heldOut, classIndex: 0, box: [0, 0, 4, 4], score: 0.5, other: 1 },
      ],
    },
    results: [
      {
        id: heldOut,
        size: { width: 8, height: 6 },
        truth: [{ label: 'cat', box: [0, 0, 4, 4] }],
        finds: [{ label: 'cat', classIndex: 0, score: 1 / 3, probability: 0.7, box: [0.5, 0, 4.25, 4] }],
      },
    ],
    failed: [{ id: train, message: 'no image' }],
    notices: ['one'],
    finder: {
      id,
      name: 'Finder 1',
      settings: SETTINGS,
      classes: classes.map((name, i) => ({
        name,
        weights: numbers(length, i),
        bias: 1 / 3,
        regressor: i === 0 ? { weights: numbers(4 * length, 5), bias: [1 / 3, 0, -1, 2] } : null,
        platt: { slope: 2.5, offset: -1 / 7 },
        threshold: -0.25,
      })),
    },
  };
}

export const FIND: ProjectFind = {
  classes: [
    { id: 'k', name: 'cat', colour: 1 },
    { id: 'l', name: '__proto__', colour: 0 },
  ],
  settings: { ...DEFAULT_FINDER, side: 300 },
  split: { share: 0.2, seed: 5 },
};

export const SCENE: StoredScene = {
  boxes: [
    { classId: 'k', box: [1 / 3, 0, 4, 4.5] },
    { classId: 'l', box: [2, 2, 8, 6] },
  ],
  complete: true,
};
