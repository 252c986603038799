import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CLASS_ZIP_LIMITS, readClassZip, safePath } from './classZip.ts';
import { zipBytes } from './zipFixtures.ts';

const isPhoto = (name: string) => name.endsWith('.jpg');
const blobOf = (bytes: Uint8Array<ArrayBuffer>) => new Blob([bytes]);
const textOf = (blob: Blob) => blob.text();

const two = () => zipBytes({ 'daisy/a.jpg': 'a'.repeat(5000), 'roses/b.jpg': { stored: 'bb' } });

test('unpacks deflated and stored photos with their paths', async () => {
  const fractions: number[] = [];
  const { files, notices } = await readClassZip(blobOf(await two()), isPhoto, (fraction) => fractions.push(fraction));
  expect(files.map(({ path }) => path)).toEqual(['daisy/a.jpg', 'roses/b.jpg']);
  expect(await textOf(files[0]!.blob)).toBe('a'.repeat(5000));
  expect(await textOf(files[1]!.blob)).toBe('bb');
  expect(notices).toEqual([]);
  expect(fractions).toEqual([0.5, 1]);
});

test('leaves out what systems add and what is no photo; says so of archives', async () => {
  const zip = await zipBytes({
    '__MACOSX/daisy/._a.jpg': 'x',
    'daisy/.DS_Store': 'x',
    'daisy/notes.txt': 'x',
    'daisy/more.zip': 'x',
    'daisy/a.jpg': 'a',
  });
  const { files, notices } = await readClassZip(blobOf(zip), isPhoto);
  expect(files.map(({ path }) => path)).toEqual(['daisy/a.jpg']);
  expect(notices).toEqual(['1 archive in the zip left out: unpack it and drop its folders.']);
});

test('a path that climbs is only a name', async () => {
  const { files } = await readClassZip(blobOf(await zipBytes({ '../../etc/a.jpg': 'a' })), isPhoto);
  expect(files.map(({ path }) => path)).toEqual(['etc/a.jpg']);
  expect(safePath('..\\..\\windows\\a.jpg')).toBe('windows/a.jpg');
  expect(safePath('/a//./b.jpg')).toBe('a/b.jpg');
  expect(safePath('C:\\x\\1.jpg')).toBe('x/1.jpg');
});

test('a zip that is cut short, or is none, is refused in words', async () => {
  const whole = await two();
  for (const cut of [
    whole.slice(0, whole.length - 30),
    whole.slice(40),
    new Uint8Array(0),
    new TextEncoder().encode('hello world, no zip'),
  ]) {
    await expect(readClassZip(blobOf(cut), isPhoto)).rejects.toMatchObject({
      name: 'BadArchive',
      message: expect.stringMatching(/cannot be read/),
    });
  }
});

test('a photo whose bytes are damaged is left out, the others stay', async () => {
  const bytes = await two();
  bytes.fill(0xff, 41, 50);
  const { files, notices } = await readClassZip(blobOf(bytes), isPhoto);
  expect(files.map(({ path }) => path)).toEqual(['roses/b.jpg']);
  expect(notices).toEqual(['1 photo in the zip left out: damaged.']);
});

test('bytes are counted as they come out, and a photo that is not what the zip claims is left out', async () => {
  const bytes = await zipBytes({ 'daisy/a.jpg': new Uint8Array(4_000_000) });
  const limits = { ...CLASS_ZIP_LIMITS, totalBytes: 1_000_000 };
  const directory = bytes.findLastIndex((_, i) => bytes[i] === 0x50 && bytes[i + 1] === 0x4b && bytes[i + 2] === 1);
  const claim = (size: number) => new DataView(bytes.buffer).setUint32(directory + 24, size, true);
  for (const size of [4_000_000, 5_000_000]) {
    claim(size);
    await expect(readClassZip(blobOf(bytes), isPhoto, undefined, limits)).rejects.toMatchObject({
      name: 'BadArchive',
      message: expect.stringMatching(/“daisy\/a\.jpg” passes the limit of 1 MB/),
    });
  }
  // Unpacked no further than it claims, and then found to be longer.
  claim(1);
  const { files, notices } = await readClassZip(blobOf(bytes), isPhoto, undefined, limits);
  expect(files).toEqual([]);
  expect(notices).toEqual(['1 photo in the zip left out: damaged.']);
});

test('the total counts over all photos, and the number of entries is bounded', async () => {
  const zip = await zipBytes({ 'a/1.jpg': new Uint8Array(600), 'a/2.jpg': new Uint8Array(600) });
  const small = { ...CLASS_ZIP_LIMITS, totalBytes: 1000 };
  await expect(readClassZip(blobOf(zip), isPhoto, undefined, small)).rejects.toMatchObject({ name: 'BadArchive' });
  const few = { ...CLASS_ZIP_LIMITS, entries: 1 };
  await expect(readClassZip(blobOf(zip), isPhoto, undefined, few)).rejects.toThrow('more than 1 files');
});

test('a locked photo is left out and counted', async () => {
  const bytes = await two();
  const directory = bytes.findIndex((_, i) => bytes[i] === 0x50 && bytes[i + 1] === 0x4b && bytes[i + 2] === 1);
  bytes[directory + 8]! |= 1;
  const { files, notices } = await readClassZip(blobOf(bytes), isPhoto);
  expect(files).toHaveLength(1);
  expect(notices).toEqual(['1 photo in the zip left out: locked with a password.']);
});

test('damaged anywhere: refused in words, or every photo that is read is one that was written', async () => {
  const whole = await two();
  const written = new Set(['a'.repeat(5000), 'bb']);
  const damage = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(damage, fc.nat(whole.length), async (changes, length) => {
      const bytes = whole.slice(0, length % 3 === 0 ? length : whole.length);
      for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
      try {
        const { files } = await readClassZip(blobOf(bytes), isPhoto);
        for (const { path, blob } of files) {
          expect(path.split('/')).not.toContain('..');
          expect(written).toContain(await textOf(blob));
        }
      } catch (error) {
        expect(error).toMatchObject({ name: 'BadArchive', message: expect.stringMatching(/./) });
      }
    }),
    { numRuns: 300 },
  );
});
