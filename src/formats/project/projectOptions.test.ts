import type { ProjectOptions } from '../../core/project/model.ts';
import { TextReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js/lib/zip-core-native.js';
import { expect, test } from 'vitest';
import { DEFAULT_SPLIT, DEFAULT_TRAINING, DEFAULT_VECTORS } from '../../core/training/defaults.ts';
import { MIN_SIDES } from '../../core/size/sizing.ts';
import { readProjectFile } from './projectFileRead.ts';
import { writeProjectFile } from './projectFileWrite.ts';

const OLDER: ProjectOptions = {
  split: DEFAULT_SPLIT,
  vectors: DEFAULT_VECTORS,
  training: DEFAULT_TRAINING,
  policy: { kind: 'fit', side: 256 },
  pyramid: { levels: [2, 1], rule: 'paper', pooling: 'mean' },
  head: 'none',
};
const at = '2026-01-01T00:00:00.000Z';
const EMPTY = {
  name: 'p',
  created: at,
  changed: at,
  classes: [],
  photos: [],
  runs: [],
  heads: [],
  find: null,
  finders: [],
};
const NO_PHOTOS = { keep: () => Promise.reject(new Error('no photo is in it')), drop: async () => {} };

async function throughFile(options: ProjectOptions): Promise<ProjectOptions | null> {
  const out = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>();
  const blob = new Response(out.readable).blob();
  await writeProjectFile({ ...EMPTY, options }, out.writable as WritableStream<Uint8Array>);
  return (await readProjectFile(await blob, 'p.zip', NO_PHOTOS)).options;
}

async function withOptions(options: unknown): Promise<ProjectOptions | null> {
  const zip = new ZipWriter(new Uint8ArrayWriter(), { useWebWorkers: false });
  const manifest = { format: 'anysize-project', version: 1, ...EMPTY, options };
  await zip.add('project.json', new TextReader(JSON.stringify(manifest)));
  const blob = new Blob([(await zip.close()) as Uint8Array<ArrayBuffer>]);
  return (await readProjectFile(blob, 'p.zip', NO_PHOTOS)).options;
}

test('the minimum side and the sizes to average over travel with a project file', async () => {
  for (const minSide of MIN_SIDES) {
    const options: ProjectOptions = { ...OLDER, minSide, scales: minSide === 0 ? [] : [224, 'native'] };
    expect(await throughFile(options)).toEqual(options);
  }
});

test('an older file, without them, is read and says nothing of them', async () => {
  const read = await withOptions(OLDER);
  expect(Object.keys(read!).toSorted()).toEqual(Object.keys(OLDER).toSorted());
  expect(read).toEqual(OLDER);
});

test.each([
  { minSide: 33 },
  { minSide: '64' },
  { minSide: null },
  { scales: [224, 224] },
  { scales: ['all'] },
  { scales: [1e9] },
  { scales: 224 },
  { scales: Array.from({ length: 13 }, (_, i) => 100 + i) },
])('%j in a file is refused in words', async (part) => {
  await expect(withOptions({ ...OLDER, ...part })).rejects.toMatchObject({
    name: 'BadArchive',
    message: expect.stringMatching(/project\.json is wrong at “options\.(minSide|scales)/),
  });
});
