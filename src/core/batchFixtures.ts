import type { BatchRow } from './batchModel.ts';

/** A result, for tests: `row('a/b.jpg', 'cat', 0.5)`; without a class it is one that could not be read. */
export function row(path: string, label?: string, score = 0, changes: Partial<BatchRow> = {}): BatchRow {
  const done = label !== undefined;
  return {
    key: `${path}\n1\n1`,
    path,
    name: path.slice(path.lastIndexOf('/') + 1),
    bytes: 1,
    modified: 0,
    status: done ? 'done' : 'failed',
    top: done ? [{ label, score }] : [],
    unknown: false,
    width: done ? 40 : 0,
    height: done ? 30 : 0,
    milliseconds: done ? 12.5 : 0,
    error: done ? null : { name: 'UnreadableImage', message: 'cut short' },
    head: 'ImageNet labels',
    policy: { kind: 'area', side: 300 },
    backend: done ? 'wasm' : null,
    ...changes,
  };
}
