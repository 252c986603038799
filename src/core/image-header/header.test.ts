import { assert, asyncProperty, integer, nat } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AnysizeError } from '../errors.ts';
import { readHeader } from './header.ts';
import {
  BMP_RED_BLUE,
  bytesOf,
  chunk,
  exifBlock,
  exifSegment,
  GIF_RED_BLUE,
  isobmff,
  jpegHeader,
  pngHeader,
  riff,
  segment,
  u16le,
  u32be,
  u32le,
  vp8x,
  webp,
} from './testFiles.ts';

const read = (bytes: Uint8Array<ArrayBuffer> | string, name = 'a.jpg') => readHeader(new Blob([bytes]), name);

function refusal(bytes: Uint8Array<ArrayBuffer> | string, name?: string): Promise<AnysizeError> {
  return read(bytes, name).then(
    () => Promise.reject(new Error('was accepted')),
    (error: AnysizeError) => error,
  );
}

describe('JPEG', () => {
  it('reads the frame header, baseline or progressive', async () => {
    expect(await read(jpegHeader(640, 480))).toEqual({
      format: 'JPEG',
      width: 640,
      height: 480,
      orientation: 1,
      animated: false,
    });
    expect(await read(jpegHeader(65_535, 1, { frame: 0xc2 }))).toMatchObject({
      width: 65_535,
      height: 1,
      progressive: true,
    });
    expect(await read(jpegHeader(640, 480))).not.toHaveProperty('progressive');
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'reads EXIF orientation %i in both byte orders, sizes as stored',
    async (orientation) => {
      for (const order of ['II', 'MM'] as const) {
        const header = await read(jpegHeader(40, 30, { before: exifSegment(orientation, order) }));
        expect(header).toMatchObject({ width: 40, height: 30, orientation });
      }
    },
  );

  it.each([0, 9, 99, 65_535])('takes the invalid orientation %i for 1', async (orientation) => {
    expect((await read(jpegHeader(4, 3, { before: exifSegment(orientation) }))).orientation).toBe(1);
  });

  it('takes damaged EXIF for none', async () => {
    const whole = exifBlock(6);
    for (let length = 0; length < 22; length++) {
      const before = segment(0xe1, 'Exif\0\0', whole.subarray(0, length));
      expect((await read(jpegHeader(4, 3, { before }))).orientation).toBe(1);
    }
  });

  it('walks past megabytes of segments, fill bytes and stray bytes without reading them all', async () => {
    const app2 = segment(0xe2, new Uint8Array(65_000));
    const before = bytesOf(
      exifSegment(6),
      ...Array.from({ length: 60 }, () => app2),
      0xff,
      0xff,
      segment(0xfe, 'note'),
      1,
      2,
      3,
    );
    const blob = new Blob([jpegHeader(4000, 3000, { before }), new Uint8Array(50_000_000)]);
    let bytesRead = 0;
    const slice = blob.slice.bind(blob);
    blob.slice = (start, end) => {
      bytesRead += Math.min(end!, blob.size) - start!;
      return slice(start, end);
    };
    expect(await readHeader(blob, 'a.jpg')).toMatchObject({ width: 4000, height: 3000, orientation: 6 });
    expect(bytesRead).toBeLessThan(6_000_000);
  });

  it('names the variants that browsers do not decode', async () => {
    expect((await read(jpegHeader(4, 3, { frame: 0xc3 }))).rare).toBe('a lossless JPEG');
    expect((await read(jpegHeader(4, 3, { frame: 0xc9 }))).rare).toBe('an arithmetic-coded JPEG');
    expect((await read(jpegHeader(4, 3, { frame: 0xc1, bits: 12 }))).rare).toBe('a JPEG of 12 bits a channel');
    expect((await read(jpegHeader(4, 3))).rare).toBeUndefined();
  });

  it('refuses a picture without a frame header, and one cut off before it', async () => {
    expect(await refusal(bytesOf(0xff, 0xd8, segment(0xda, 1, 1, 0)))).toMatchObject({
      name: 'UnreadableImage',
      message: /damaged/,
    });
    for (let length = 3; length < 12; length++) {
      expect((await refusal(jpegHeader(4, 3).slice(0, length))).message).toMatch(/cut off/);
    }
  });
});

describe('PNG', () => {
  it('reads IHDR, eXIf and acTL', async () => {
    expect(await read(pngHeader(300, 200))).toEqual({
      format: 'PNG',
      width: 300,
      height: 200,
      orientation: 1,
      animated: false,
    });
    const exif = chunk('eXIf', exifBlock(8));
    const actl = chunk('acTL', u32be(12), u32be(0));
    expect(await read(pngHeader(3, 2, chunk('tEXt', 'a\0b'), exif, actl))).toMatchObject({
      orientation: 8,
      animated: true,
    });
  });

  it('tells what a header claims, however large, and refuses what the format forbids', async () => {
    expect(await read(pngHeader(100_000, 100_000))).toMatchObject({ width: 100_000, height: 100_000 });
    expect(await refusal(pngHeader(0, 0))).toMatchObject({ name: 'UnreadableImage', message: /0 × 0/ });
    expect(await refusal(pngHeader(2 ** 31 + 1, 1))).toMatchObject({ name: 'UnreadableImage', message: /damaged/ });
  });
});

describe('WebP', () => {
  it('reads lossy, lossless and extended headers', async () => {
    const vp8 = riff('VP8 ', 0, 0, 0, 0x9d, 0x01, 0x2a, u16le(179 | 0x4000), u16le(240));
    expect(await read(webp(vp8))).toMatchObject({ format: 'WebP', width: 179, height: 240, orientation: 1 });
    const vp8l = riff('VP8L', 0x2f, u32le((299 | (199 << 14)) >>> 0));
    expect(await read(webp(vp8l))).toMatchObject({ width: 300, height: 200 });
    const extended = webp(vp8x(16_384, 3, 0x0a), riff('VP8L', new Uint8Array(77)), riff('EXIF', exifBlock(6, 'II')));
    expect(await read(extended)).toMatchObject({ width: 16_384, height: 3, orientation: 6, animated: true });
    const prefixed = webp(vp8x(5, 4, 8), riff('VP8 ', 1), riff('EXIF', 'Exif\0\0', exifBlock(3)));
    expect((await read(prefixed)).orientation).toBe(3);
  });
});

describe('GIF', () => {
  it('reads the logical screen, or the first frame where that reaches further', async () => {
    expect(await read(GIF_RED_BLUE)).toEqual({ format: 'GIF', width: 2, height: 1, orientation: 1, animated: false });
    const empty = GIF_RED_BLUE.slice();
    empty.set([0, 0, 0, 0], 6);
    expect(await read(empty)).toMatchObject({ width: 2, height: 1 });
    const huge = GIF_RED_BLUE.slice();
    huge.set([255, 255, 255, 255], 6);
    expect(await read(huge)).toMatchObject({ width: 65_535, height: 65_535 });
  });

  it('tells an animation by its loop', async () => {
    const loop = bytesOf(0x21, 0xff, 11, 'NETSCAPE2.0', 3, 1, 0, 0, 0);
    const animated = bytesOf(GIF_RED_BLUE.subarray(0, 19), loop, GIF_RED_BLUE.subarray(19));
    expect(await read(animated)).toMatchObject({ width: 2, height: 1, animated: true });
  });
});

describe('AVIF and HEIC', () => {
  it('reads the largest image among thumbnail and tiles', async () => {
    expect(await read(isobmff('avif', [160, 120], [4032, 3024], [512, 512]))).toMatchObject({
      format: 'AVIF',
      width: 4032,
      height: 3024,
    });
    expect(await read(isobmff('avis', [16, 12]))).toMatchObject({ format: 'AVIF', animated: true });
    expect(await read(isobmff('heic', [40, 30]))).toMatchObject({ format: 'HEIC', width: 40, rare: 'a HEIC photo' });
  });
});

describe('BMP and ICO', () => {
  it('reads a bitmap header, also top-down', async () => {
    expect(await read(BMP_RED_BLUE)).toMatchObject({ format: 'BMP', width: 2, height: 1 });
    const topDown = BMP_RED_BLUE.slice();
    topDown.set(u32le(-7 >>> 0), 22);
    expect(await read(topDown)).toMatchObject({ width: 2, height: 7 });
  });

  it('reads the largest icon from its own header, whatever the directory says', async () => {
    const png = pngHeader(20_000, 20_000);
    const entry = [16, 16, 0, 0, 1, 0, 32, 0, ...u32le(png.length), ...u32le(22)];
    expect(await read(bytesOf(0, 0, 1, 0, 1, 0, entry, png))).toMatchObject({
      format: 'ICO',
      width: 20_000,
      height: 20_000,
    });
    const bitmap = bytesOf(u32le(40), u32le(32), u32le(64), new Uint8Array(40));
    expect(await read(bytesOf(0, 0, 1, 0, 1, 0, entry, bitmap))).toMatchObject({ width: 32, height: 32 });
  });
});

describe('SVG', () => {
  it.each([
    ['<svg xmlns="http://www.w3.org/2000/svg" width="40" height=\'30px\'/>', 40, 30],
    ['<svg viewBox="0 0 100 50"/>', 100, 50],
    ['<svg viewBox="-5,-5 100,50" width="200"></svg>', 200, 100],
    ['<svg width="100%" height="100%" viewBox="0 0 12.5 7"></svg>', 13, 7],
    ['<svg width="1in" height="2.54cm">', 96, 96],
    [
      '\uFEFF<?xml version="1.0"?>\n<!-- <svg width="1" height="1"> --><!DOCTYPE svg PUBLIC "a" "b">\n<svg:svg xmlns:svg="x" width="7" height="8"/>',
      7,
      8,
    ],
    ['<!DOCTYPE svg [<!ENTITY a "b">]><svg width="10" height="10">', 10, 10],
  ])('reads %s', async (text, width, height) => {
    expect(await read(text)).toMatchObject({ format: 'SVG', width, height });
  });

  it.each(['<svg/>', '<svg width="100%" height="2em"/>', '<svg viewBox="0 0 0 10"/>', '<svg width="NaN" height="1"/>'])(
    'refuses %s: no size of its own',
    async (text) => {
      expect(await refusal(text)).toMatchObject({ name: 'UnreadableImage', message: /no size of its own/ });
    },
  );

  it('is not fooled by a page that holds an svg', async () => {
    expect(await refusal('<!doctype html><html><svg width="1" height="1"/></html>')).toMatchObject({
      name: 'UnsupportedFormat',
    });
  });
});

describe('what is no image of ours', () => {
  it.each([
    [bytesOf('II*\0', new Uint8Array(40)), /TIFF/],
    [bytesOf('P6\n2 2\n255\n', new Uint8Array(12)), /PPM/],
    [bytesOf(0, 0, 0, 12, 'jP  \r\n\x87\n', new Uint8Array(40)), /JPEG 2000/],
    [bytesOf('8BPS', new Uint8Array(40)), /Photoshop/],
    [bytesOf('%PDF-1.7\n'), /PDF/],
    [bytesOf('PK\x03\x04', new Uint8Array(40)), /zip archive/],
    [bytesOf('MZ', new Uint8Array(40)), /Windows program/],
    [box4('ftypisom'), /video/],
    [bytesOf('<!DOCTYPE html><title>404</title>'), /web page/],
    [bytesOf('just words\n'), /text, not an image/],
  ])('is named and met with advice (%#)', async (bytes, message) => {
    const error = await refusal(bytes);
    expect(error).toBeInstanceOf(AnysizeError);
    expect(error).toMatchObject({ name: 'UnsupportedFormat', message });
    expect(error.message).toMatch(/^“a\.jpg” is .*\. .+\.$/);
  });

  it('knows Targa by its name and fields only', async () => {
    const targa = bytesOf(0, 0, 2, new Uint8Array(13), 24, 0, new Uint8Array(99));
    expect(await refusal(targa, 'a.tga')).toMatchObject({ name: 'UnsupportedFormat', message: /Targa/ });
    expect(await refusal(targa, 'a.jpg')).toMatchObject({
      name: 'UnreadableImage',
      message: /not an image that can be recognised/,
    });
  });

  it('says so of an empty file and of one that cannot be read', async () => {
    expect(await refusal('')).toMatchObject({ name: 'UnreadableImage', message: /empty \(0 bytes\)/ });
    const gone = Object.assign(new Blob(['x']), {
      arrayBuffer: () => Promise.reject(new DOMException('gone', 'NotFoundError')),
    });
    gone.slice = () => gone;
    await expect(readHeader(gone, 'b.png')).rejects.toMatchObject({
      name: 'UnreadableImage',
      message: /“b\.png” could not be read from disk/,
    });
  });
});

it('answers any damaged header with facts or a named error, and in time', async () => {
  const files = [
    jpegHeader(640, 480, { before: exifSegment(6) }),
    pngHeader(30, 20, chunk('eXIf', exifBlock(5))),
    webp(vp8x(30, 20, 8), riff('VP8L', new Uint8Array(9)), riff('EXIF', exifBlock(5))),
    GIF_RED_BLUE,
    BMP_RED_BLUE,
    isobmff('avif', [40, 30]),
    bytesOf(0, 0, 1, 0, 1, 0, new Uint8Array(12), u32le(22), pngHeader(3, 3)),
  ];
  await assert(
    asyncProperty(
      nat(files.length - 1),
      nat(200),
      integer({ min: 0, max: 255 }),
      nat(200),
      integer({ min: 0, max: 255 }),
      nat(220),
      async (file, i, a, j, b, length) => {
        const bytes = files[file]!.slice(0, Math.max(1, length));
        // The signature stays, so that the readers are reached.
        if (i >= 4) bytes[i % bytes.length] = a;
        if (j >= 4) bytes[j % bytes.length] = b;
        const outcome = await read(bytes).catch((error: unknown) => error);
        if (outcome instanceof Error) {
          expect(outcome).toBeInstanceOf(AnysizeError);
          expect(outcome.message).not.toMatch(/from disk/);
        } else expect(outcome).toMatchObject({ width: expect.any(Number), orientation: expect.any(Number) });
      },
    ),
    { seed: 11, numRuns: 4000 },
  );
});

function box4(text: string): Uint8Array<ArrayBuffer> {
  return bytesOf(u32be(24), text, new Uint8Array(30));
}
