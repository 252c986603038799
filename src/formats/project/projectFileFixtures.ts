import type { ProjectContents } from '../../core/project/model.ts';
import { Uint8ArrayWriter } from '@zip.js/zip.js/lib/zip-core-native.js';
import { expect } from 'vitest';
import { FIND, finderRun, SCENE } from '../../core/project/findFixtures.ts';
import { head, run } from '../../core/project/fixtures.ts';
import { type PhotoSink, PROJECT_LIMITS, readProjectFile } from './projectFileRead.ts';
import type { ManifestInput } from './projectFileSchema.ts';
import { type PhotoToWrite, writeProjectFile } from './projectFileWrite.ts';
import { type UnpackedStream, zipEntries } from '../zip/zipEntries.ts';
import { zipOf } from '../zip/zipFixtures.ts';

// oxlint-disable-next-line typescript/no-explicit-any -- hostile JSON may be anything
export type Anything = any;

/** Keeps photos in memory, by number. */
export class MemorySink implements PhotoSink<number> {
  readonly all = new Map<number, string>();
  private count = 0;

  keep = async (stream: UnpackedStream) => {
    const blob = await new Response(stream).blob();
    this.all.set(++this.count, await blob.text());
    return { kept: this.count, blob };
  };
  drop = async (kept: number) => void this.all.delete(kept);
}

export function photo(
  id: number,
  name: string,
  classId: string | null,
  extra: Partial<PhotoToWrite> = {},
): PhotoToWrite {
  const open = async () => new Blob([`bytes of ${id}`]);
  return {
    id,
    name,
    path: `set/${name}`,
    type: 'image/jpeg',
    classId,
    holdout: null,
    unreadable: false,
    open,
    ...extra,
  };
}

export const contents = (): ProjectContents<PhotoToWrite> => ({
  name: 'Flowers 花',
  created: '2026-01-01T00:00:00.000Z',
  changed: '2026-01-02T00:00:00.000Z',
  classes: [
    { id: 'a', name: '../__proto__', colour: 3 },
    { id: 'b', name: 'CON', colour: 0 },
    { id: 'c', name: '', colour: 1 },
  ],
  options: null,
  photos: [
    photo(1, '1.jpg', 'a', { scene: SCENE }),
    photo(2, '1.JPG', 'a'),
    photo(3, '..\\evil:name', 'b', { holdout: 'val' }),
    photo(4, 'odd.jpg', 'b', { unreadable: true, holdout: 'test' }),
    photo(5, '1.jpg', null, { scene: { boxes: [], complete: false } }),
  ],
  find: FIND,
  finders: [finderRun('f1', '1', '3')],
  runs: [{ run: run('r1', [1, 3]), head: { ...head('r1', 1280), scale: 1 / 3 } }],
  heads: [{ ...head('h1', 1280), scale: 1 / 7 }],
});

export async function written(from = contents()): Promise<Blob> {
  const out = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>();
  const blob = new Response(out.readable).blob();
  await writeProjectFile(from, out.writable as WritableStream<Uint8Array>);
  return blob;
}

async function jsonOf(zip: Blob, file: string): Promise<Anything> {
  const entry = (await zipEntries(zip, PROJECT_LIMITS)).find(({ filename }) => filename === file);
  return JSON.parse(new TextDecoder().decode(await entry!.getData(new Uint8ArrayWriter(), { useWebWorkers: false })));
}

export function manifestOf(zip: Blob): Promise<ManifestInput> {
  return jsonOf(zip, 'project.json');
}

/** The manifest as version 1 had it: with its runs in it. */
export async function firstManifest(): Promise<Anything> {
  const zip = await written();
  const manifest = await manifestOf(zip);
  const inline = async ({ file, head }: ManifestInput['runs'][number]) => ({ run: await jsonOf(zip, file), head });
  return { ...manifest, version: 1, runs: await Promise.all(manifest.runs.map(inline)) };
}

/** A project file whose manifest, of version 1, was changed by a hostile hand. */
export async function tampered(change: (manifest: Anything) => unknown): Promise<Blob> {
  const manifest = await firstManifest();
  return zipOf({ 'project.json': JSON.stringify(change(manifest) ?? manifest) });
}

/** A project file with these files in the place of those that were written; without those that are null. */
export async function exchanged(files: Record<string, string | Uint8Array | null>, level = 0): Promise<Blob> {
  const all: Record<string, string | Uint8Array> = {};
  for (const entry of await zipEntries(await written(), PROJECT_LIMITS)) {
    const name = entry.filename;
    if (files[name] === null) continue;
    all[name] = files[name] ?? (await entry.getData(new Uint8ArrayWriter(), { useWebWorkers: false }));
  }
  return zipOf(all, level);
}

/** A project file whose finder's run was changed by a hostile hand. */
export async function tamperedFinder(change: (run: Anything) => unknown): Promise<Blob> {
  const run = await jsonOf(await written(), 'finders/f1.json');
  return exchanged({ 'finders/f1.json': JSON.stringify(change(run) ?? run) });
}

/** A project file whose run was changed by a hostile hand. */
export async function tamperedRun(change: (run: Anything) => unknown): Promise<Blob> {
  const run = await jsonOf(await written(), 'runs/r1.json');
  return exchanged({ 'runs/r1.json': JSON.stringify(change(run) ?? run) });
}

export const read = (zip: Blob, sink = new MemorySink()) => readProjectFile(zip, 'p.zip', sink);
export const refused = (message: RegExp) => ({ name: 'BadArchive', message: expect.stringMatching(message) });
