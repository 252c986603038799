import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CLASS_ZIP_LIMITS, readClassZip } from './classZip.ts';
import { PROJECT_LIMITS, readProjectFile } from '../project/projectFileRead.ts';
import { rawZip } from './zipFixtures.ts';

const part = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('rose', 'tulip', 'train', 'val', 'a.jpg', 'b.PNG', 'c.webp') },
  { weight: 2, arbitrary: fc.constantFrom('..', '..', '.', '') },
  fc.constantFrom(' ', '\0', 'a\0.jpg', 'C:', '~', '__proto__', 'constructor', 'CON', '%2e%2e', '.jpg'),
  fc.constantFrom('\u202egpj.exe', '<img src=x onerror=alert(1)>.jpg', '__MACOSX', '._a.jpg', 'project.json.jpg'),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.integer({ min: 200, max: 5000 }).map((length) => `${'x'.repeat(length)}.jpg`),
);
const entryName = fc
  .tuple(
    fc.array(part, { minLength: 1, maxLength: 5 }),
    fc.constantFrom('/', '/', '/', '\\', '//'),
    fc.boolean(),
    fc.constantFrom('', 'photo.jpg'),
  )
  .map(
    ([parts, separator, absolute, end]) => (absolute ? separator : '') + [...parts, ...(end && [end])].join(separator),
  );
/** Names, some of them twice. */
const names = fc
  .tuple(fc.array(entryName, { maxLength: 6 }), fc.array(fc.nat(5), { maxLength: 1 }))
  .map(([list, again]) => [...list, ...again.flatMap((i) => list[i] ?? [])])
  // With one it is a project file, which has tests of its own.
  .filter((list) => !list.some((name) => /(^|\/)project\.json$/.test(name)));
const zipOf = (list: readonly string[]) =>
  rawZip(list.map((name, i) => ({ name, data: new TextEncoder().encode(`bytes ${i} of ${name}`) })));
const bytesOf = (list: readonly string[]) =>
  list.map((name, i) => new TextDecoder().decode(new TextEncoder().encode(`bytes ${i} of ${name}`)));

function expectInside(path: string): void {
  expect(path).not.toMatch(/^[/\\]|\\/);
  for (const one of path.split('/')) expect(['', '.', '..']).not.toContain(one);
}

/** @returns how many photos came out; null for a zip that was refused in words */
async function project(list: readonly string[]): Promise<number | null> {
  const kept = new Map<number, string>();
  const sink = {
    keep: async (stream: ReadableStream<Uint8Array>) => {
      const blob = await new Response(stream as ReadableStream<Uint8Array<ArrayBuffer>>).blob();
      kept.set(kept.size, await blob.text());
      return { kept: kept.size - 1, blob };
    },
    drop: async () => {},
  };
  const read = await readProjectFile(zipOf(list), 'p.zip', sink, { limits: { ...PROJECT_LIMITS, entries: 100 } }).catch(
    (error: unknown) => {
      expect(error).toMatchObject({ name: 'BadArchive', message: expect.stringMatching(/./) });
      return null;
    },
  );
  if (!read) return null;
  const written = bytesOf(list);
  const classes = new Set(read.classes.map(({ id }) => id));
  for (const photo of read.photos) {
    expectInside(photo.path);
    expectInside(photo.name);
    expect(photo.name).not.toContain('/');
    expect(classes).toContain(photo.classId);
    expect(written).toContain(kept.get(photo.kept));
  }
  for (const { name } of read.classes) expect(['', '.', '..']).not.toContain(name);
  expect(new Set(read.photos.map(({ id }) => id)).size).toBe(read.photos.length);
  return read.photos.length;
}

test('whatever its entries are called, a plain zip gives photos inside it or is refused in words', async () => {
  let withPhotos = 0;
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(names, async (list) => {
      const count = await project(list);
      if (count === null) refused++;
      else if (count > 0) withPhotos++;
      if (list.length > 0 && new Set(list).size < list.length && list.every((name) => !/[/\\]$/.test(name))) {
        expect(count).toBeNull();
      }
    }),
    { numRuns: 80 },
  );
  // Neither outcome may be all there is.
  expect(Math.min(withPhotos, refused)).toBeGreaterThan(5);
});

test('so does one that is dropped on the classes', async () => {
  let photos = 0;
  await fc.assert(
    fc.asyncProperty(names, async (list) => {
      const { files } = await readClassZip(zipOf(list), () => true, undefined, CLASS_ZIP_LIMITS);
      const written = bytesOf(list);
      for (const { path, blob } of files) {
        if (path !== '') expectInside(path);
        expect(written).toContain(await blob.text());
      }
      photos += files.length;
    }),
    { numRuns: 150 },
  );
  expect(photos).toBeGreaterThan(50);
});
