import { expect, test } from 'vitest';
import type { BatchRow } from '../batchModel.ts';
import { folderTruth } from './folderTruth.ts';

function row(path: string, ...labels: string[]): BatchRow {
  const top = labels.map((label, i) => ({ label, score: 0.9 - i / 10 }));
  const base = { key: path, path, name: path, bytes: 1, modified: 0, status: 'done', unknown: false } as const;
  const policy = { kind: 'area', side: 300 } as const;
  return { ...base, top, width: 1, height: 1, milliseconds: 1, error: null, head: 'h', policy, backend: 'wasm' };
}

test('folders that are named like classes are the truth: counts by folder and answer', () => {
  const rows = [
    row('set/daisy/1.jpg', 'daisy', 'rose'),
    row('set/daisy/2.jpg', 'rose', 'daisy'),
    row('set/rose/3.jpg', 'rose', 'tulip'),
    row('set/rose/deep/4.jpg', 'rose', 'tulip'),
    row('set/5.jpg', 'tulip'),
  ];
  expect(folderTruth(rows)).toEqual({
    classes: ['daisy', 'rose'],
    confusion: [
      [1, 1],
      [0, 2],
    ],
    right: 3,
    count: 4,
  });
});

test('one such folder, or few photos in them, is no truth', () => {
  expect(folderTruth([row('rose/1.jpg', 'rose'), row('rose/2.jpg', 'tulip')])).toBeNull();
  const loose = Array.from({ length: 5 }, (_, i) => row(`${i}.jpg`, 'rose'));
  expect(folderTruth([row('rose/1.jpg', 'rose'), row('tulip/2.jpg', 'tulip'), ...loose])).toBeNull();
  expect(folderTruth([])).toBeNull();
});
