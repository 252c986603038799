import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { TextReader, Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js/lib/zip-core-native.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { head, run } from '../storage/storageFixtures.ts';
import type { RunRow } from '../store/training.ts';
import type { ProjectContents } from './projectContents.ts';
import { type PhotoSink, PROJECT_LIMITS, readProjectFile } from './projectFileRead.ts';
import type { ManifestInput } from './projectFileSchema.ts';
import { type PhotoToWrite, writeProjectFile } from './projectFileWrite.ts';
import { zipEntries } from './zipEntries.ts';

const HOSTILE = join(resolve(process.env['ANYSIZE_SHARED'] ?? '../shared'), 'images/hostile/zips');

// oxlint-disable-next-line typescript/no-explicit-any -- hostile JSON may be anything
type Anything = any;

/** Keeps photos in memory, by number. */
class MemorySink implements PhotoSink<number> {
  readonly all = new Map<number, string>();
  private count = 0;

  keep = async (stream: ReadableStream<Uint8Array>) => {
    const blob = await new Response(stream as ReadableStream<Uint8Array<ArrayBuffer>>).blob();
    this.all.set(++this.count, await blob.text());
    return { kept: this.count, blob };
  };
  drop = async (kept: number) => void this.all.delete(kept);
}

function photo(id: number, name: string, classId: string, extra: Partial<PhotoToWrite> = {}): PhotoToWrite {
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

const contents = (): ProjectContents<PhotoToWrite> => ({
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
    photo(1, '1.jpg', 'a'),
    photo(2, '1.JPG', 'a'),
    photo(3, '..\\evil:name', 'b', { holdout: 'val' }),
    photo(4, 'odd.jpg', 'b', { unreadable: true, holdout: 'test' }),
  ],
  runs: [{ run: run('r1', [1, 3]), head: { ...head('r1', 1280), scale: 1 / 3 } }],
  heads: [{ ...head('h1', 1280), scale: 1 / 7 }],
});

async function written(from = contents()): Promise<Blob> {
  const out = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>();
  const blob = new Response(out.readable).blob();
  await writeProjectFile(from, out.writable as WritableStream<Uint8Array>);
  return blob;
}

/** A zip of these files; text unless bytes. */
async function zipOf(files: Record<string, string | Uint8Array>, level = 0): Promise<Blob> {
  const zip = new ZipWriter(new Uint8ArrayWriter(), { useWebWorkers: false, level });
  for (const [name, data] of Object.entries(files)) {
    await zip.add(name, typeof data === 'string' ? new TextReader(data) : new Uint8ArrayReader(data));
  }
  return new Blob([(await zip.close()) as Uint8Array<ArrayBuffer>]);
}

async function manifestOf(zip: Blob): Promise<ManifestInput> {
  const entry = (await zipEntries(zip, PROJECT_LIMITS)).get('project.json');
  return JSON.parse(new TextDecoder().decode(await entry!.getData(new Uint8ArrayWriter(), { useWebWorkers: false })));
}

/** A project file whose manifest was changed by a hostile hand. */
async function tampered(change: (manifest: Anything) => unknown): Promise<Blob> {
  const manifest = await manifestOf(await written());
  return zipOf({ 'project.json': JSON.stringify(change(manifest) ?? manifest) });
}

const read = (zip: Blob, sink = new MemorySink()) => readProjectFile(zip, 'p.zip', sink);
const refused = (message: RegExp) => ({ name: 'BadArchive', message: expect.stringMatching(message) });

describe('a project file', () => {
  test('comes back as it was', async () => {
    const sink = new MemorySink();
    const project = await read(await written(), sink);
    const { photos, runs, notices, ...rest } = project;
    const { photos: before, runs: runsBefore, ...restBefore } = contents();
    expect(rest).toEqual(restBefore);
    expect(photos.map(({ kept }) => sink.all.get(kept))).toEqual(before.map(({ id }) => `bytes of ${id}`));
    expect(photos.map(({ kept: _kept, bytes: _bytes, ...photo }) => photo)).toEqual(
      before.map(({ open: _open, ...photo }) => ({ ...photo, unreadable: false })),
    );
    expect(notices).toEqual([]);
    expect(runs).toEqual(runsBefore);
    expect(runs[0]!.run.batches[0]!.loss).toBeNaN();
  });

  test('written twice is the same, byte by byte', async () => {
    const [a, b] = await Promise.all([written(), written()].map(async (blob) => (await blob).arrayBuffer()));
    expect(Buffer.from(a!).equals(Buffer.from(b!))).toBe(true);
  });

  test('lies in class folders that every system and ImageFolder take', async () => {
    const names = [...(await zipEntries(await written(), PROJECT_LIMITS)).keys()];
    expect(names).toEqual([
      'train/___proto__/1.jpg',
      'train/___proto__/1 (2).JPG',
      'val/_CON/_evil_name.jpg',
      'unreadable/_CON/odd.jpg',
      'heads/r1.safetensors',
      'heads/h1.safetensors',
      'project.json',
    ]);
  });

  test('photos whose bytes are gone are left out', async () => {
    const from = contents();
    const gone = { ...from, photos: [photo(1, '1.jpg', 'a', { open: async () => null }), photo(2, '2.jpg', 'a')] };
    expect((await read(await written(gone))).photos.map(({ id }) => id)).toEqual([2]);
  });

  test('packed into one folder by someone is still read', async () => {
    const zip = await written();
    const files: Record<string, Uint8Array> = {};
    for (const [name, entry] of await zipEntries(zip, PROJECT_LIMITS)) {
      files[`My flowers/${name}`] = await entry.getData(new Uint8ArrayWriter(), { useWebWorkers: false });
    }
    expect((await read(await zipOf(files))).photos).toHaveLength(4);
  });

  test('a photo that is not the one named is left out, and so is a missing one', async () => {
    const manifest = await manifestOf(await written());
    const zip = await zipOf({ 'project.json': JSON.stringify(manifest), 'train/___proto__/1.jpg': 'other bytes' });
    const sink = new MemorySink();
    const project = await read(zip, sink);
    expect(project.photos).toEqual([]);
    expect(sink.all.size).toBe(0);
    expect(project.notices).toEqual([
      '3 photos were left out: not in the zip.',
      '1 photo was left out: not the bytes that project.json names.',
      'The run “Run 1” was left out: its head is not in the zip',
      'A head from a file was left out: its head is not in the zip',
    ]);
  });

  test.each<[string, (manifest: Anything) => unknown, RegExp]>([
    ['a newer version', (m) => ({ ...m, version: 2 }), /version 2.*reload/],
    ['another format', (m) => ({ ...m, format: 'x' }), /does not say/],
    ['no object', () => [1], /does not say/],
    ['a path that climbs', (m) => void (m.photos[0].file = '../../etc/passwd'), /photos\.0\.file.*not a path inside/],
    ['an absolute path', (m) => void (m.photos[0].file = '/etc/passwd'), /not a path inside/],
    ['a drive', (m) => void (m.runs[0].head.file = 'C:/x'), /not a path inside/],
    ['a photo of no class', (m) => void (m.photos[0].class = 'z'), /of no class/],
    ['one id twice', (m) => void (m.photos[1].id = 1), /stands twice/],
    ['one file twice', (m) => void (m.photos[1].file = m.photos[0].file), /two photos are one file/],
    ['a class twice', (m) => void (m.classes[1].id = 'a'), /stands twice/],
    ['an id that is markup', (m) => void (m.runs[0].run.id = '<b>'), /not an id/],
    ['a number beyond all', (m) => void (m.runs[0].run.threshold = 7), /threshold/],
    ['metrics of other classes', (m) => void m.runs[0].run.metrics.perClass.pop(), /do not fit its classes/],
    ['a prediction beyond the classes', (m) => void (m.runs[0].run.predictions[0].predicted = 5), /do not fit/],
    ['a level of 0', (m) => void (m.runs[0].run.vectors.pyramid.levels = [0]), /levels/],
  ])('with %s is refused', async (_what, change, message) => {
    await expect(read(await tampered(change))).rejects.toMatchObject(refused(message));
  });

  test('JSON that is none, or is deep, is refused', async () => {
    for (const text of ['{', '', '['.repeat(100_000), '{"format":"anysize-project","version":1e999}']) {
      await expect(read(await zipOf({ 'project.json': text }))).rejects.toMatchObject(refused(/project\.json/));
    }
  });

  test('a file from before opened heads were kept is read', async () => {
    const older = await tampered((manifest) => void delete manifest.heads);
    expect((await read(older)).heads).toEqual([]);
  });

  test('a prototype in the JSON stays text', async () => {
    const manifest = await manifestOf(await written());
    const json = JSON.stringify(manifest).replace('{', '{"__proto__":{"polluted":true},');
    await read(await zipOf({ 'project.json': json }));
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test('two files of one name are refused', async () => {
    const files = await zipOf({ 'a/1.jpg': 'x', 'a/2.jpg': 'y' });
    const bytes = Buffer.from(await files.arrayBuffer());
    for (let at = bytes.indexOf('a/2.jpg'); at >= 0; at = bytes.indexOf('a/2.jpg')) bytes.write('a/1.jpg', at);
    await expect(read(new Blob([bytes]))).rejects.toMatchObject(refused(/two files named/));
  });

  test('bombs are stopped while they unpack, whatever they claim', async () => {
    const bomb = await zipOf({ 'a/zeros.jpg': new Uint8Array(4_000_000) }, 9);
    await expect(read(bomb)).rejects.toMatchObject(refused(/packed 100 times smaller/));
    const limits = { ...PROJECT_LIMITS, totalBytes: 1500 };
    const many = await zipOf({ 'a/1.jpg': new Uint8Array(1000), 'a/2.jpg': new Uint8Array(1000) });
    await expect(readProjectFile(many, 'p.zip', new MemorySink(), { limits })).rejects.toMatchObject(refused(/larger/));
    const few = { ...PROJECT_LIMITS, entries: 1 };
    await expect(readProjectFile(many, 'p.zip', new MemorySink(), { limits: few })).rejects.toMatchObject(
      refused(/more than 1 files/),
    );
  });

  test('a photo of a plain zip whose bytes are damaged is left out, the others stay', async () => {
    const bytes = Buffer.from(await (await zipOf({ 'a/1.jpg': 'first', 'b/2.jpg': 'second' })).arrayBuffer());
    bytes.write('F', bytes.indexOf('first'));
    const sink = new MemorySink();
    const { photos, notices } = await read(new Blob([bytes]), sink);
    expect(photos.map(({ name }) => name)).toEqual(['2.jpg']);
    expect([...sink.all.values()]).toEqual(['second']);
    expect(notices).toEqual(['1 photo was left out: damaged or locked.']);
  });

  test('a full disk stops the import as such', async () => {
    const sink: PhotoSink<number> = {
      keep: async () => {
        throw new DOMException('full', 'QuotaExceededError');
      },
      drop: async () => {},
    };
    await expect(readProjectFile(await written(), 'p.zip', sink)).rejects.toMatchObject({ name: 'QuotaExceededError' });
  });

  test('can be cancelled', async () => {
    const stop = new AbortController();
    const reading = readProjectFile(await written(), 'p.zip', new MemorySink(), {
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('fuzzed', () => {
  test('damaged anywhere: refused in words, or what is read is what was written', async () => {
    const whole = new Uint8Array(await (await written()).arrayBuffer());
    const flips = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 })), { maxLength: 6 });
    // Headers and directory are few bytes of many: aim at the end as well.
    const late = fc.array(
      fc.tuple(fc.integer({ min: whole.length - 900, max: whole.length - 1 }), fc.integer({ min: 1, max: 255 })),
      { maxLength: 4 },
    );
    await fc.assert(
      fc.asyncProperty(flips, late, fc.option(fc.nat(whole.length)), async (some, others, cut) => {
        const bytes = whole.slice(0, cut ?? whole.length);
        for (const [at, flip] of [...some, ...others]) if (at < bytes.length) bytes[at]! ^= flip;
        const sink = new MemorySink();
        try {
          const { photos, runs } = await read(new Blob([bytes]), sink);
          for (const { id, kept } of photos) expect(sink.all.get(kept)).toBe(`bytes of ${id}`);
          for (const { run: one, head: theirs } of runs) {
            expect(one).toEqual(run('r1', [1, 3]) satisfies RunRow);
            expect(theirs.weights).toEqual(contents().runs[0]!.head.weights);
          }
        } catch (error) {
          expect(error).toMatchObject({ name: 'BadArchive' });
        }
      }),
      { numRuns: 300 },
    );
  }, 60_000);

  test('any JSON as project.json is refused in words', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        await expect(read(await zipOf({ 'project.json': JSON.stringify(value) }))).rejects.toMatchObject({
          name: 'BadArchive',
        });
      }),
      { numRuns: 100 },
    );
  }, 60_000);

  test('any field made anything: refused in words, or read', async () => {
    const manifest = await manifestOf(await written());
    const paths: (string | number)[][] = [];
    const walk = (value: unknown, path: (string | number)[]) => {
      if (path.length > 0) paths.push(path);
      if (typeof value === 'object' && value !== null) {
        for (const [key, inner] of Object.entries(value))
          walk(inner, [...path, Array.isArray(value) ? Number(key) : key]);
      }
    };
    walk(manifest, []);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), fc.jsonValue(), async (path, value) => {
        const copy: Anything = structuredClone(manifest);
        const parent = path.slice(0, -1).reduce((at, key) => at[key], copy);
        parent[path.at(-1)!] = value;
        await read(await zipOf({ 'project.json': JSON.stringify(copy) })).catch((error: unknown) =>
          expect(error).toMatchObject({ name: 'BadArchive' }),
        );
      }),
      { numRuns: 250 },
    );
  }, 60_000);
});

describe.skipIf(!existsSync(HOSTILE))('hostile zips', () => {
  const outcomes: Record<string, { refused: RegExp } | { photos: string[]; notices?: string[] }> = {
    'bomb_1GB.zip': { refused: /zeros\.jpg.*packed 100 times smaller/ },
    'empty.zip': { refused: /no project and no photos/ },
    'good_2class.zip': { photos: ['rose/1.jpg', 'rose/2.jpg', 'tulip/1.png'] },
    'mac_junk.zip': { photos: ['a/1.jpg'] },
    'nested.zip': { refused: /no project and no photos/ },
    'proto_class.zip': { photos: ['__proto__/1.jpg', 'constructor/1.jpg'] },
    'truncated.zip': { refused: /cut short/ },
    'zip_slip.zip': { photos: ['evil/1.jpg', 'abs/1.jpg', 'x/1.jpg', 'ok/1.jpg'] },
  };

  test('are all expected here', () => {
    expect(readdirSync(HOSTILE).sort()).toEqual(Object.keys(outcomes).sort());
  });

  test.each(Object.entries(outcomes))('%s', { timeout: 60_000 }, async (name, outcome) => {
    const zip = new Blob([readFileSync(join(HOSTILE, name))]);
    if ('refused' in outcome) {
      await expect(readProjectFile(zip, name, new MemorySink())).rejects.toMatchObject(refused(outcome.refused));
      return;
    }
    const project = await readProjectFile(zip, name, new MemorySink());
    const className = new Map(project.classes.map(({ id, name }) => [id, name]));
    expect(project.photos.map(({ classId, name }) => `${className.get(classId)}/${name}`)).toEqual(outcome.photos);
    expect(project.notices).toEqual([]);
  });
});
