/** From file to pixels in a real browser, on files made here. */
import { describe, expect, it } from 'vitest';
import { decode } from './decode.ts';
import {
  BMP_RED_BLUE,
  bytesOf,
  exifBlock,
  exifSegment,
  GIF_RED_BLUE,
  jpegHeader,
  pngHeader,
  riff,
  u32be,
  webp,
} from '../../../core/image-header/testFiles.ts';
import { preview, thumbnail } from '../pictures.ts';
import { readRegion, resample } from './resample.ts';
import { resamplePixels } from './resamplePixels.ts';
import { DEFAULT_MAX_PIXELS } from '../../../core/size/policies/native.ts';
import { planSize } from '../../../core/size/sizing.ts';

const LIMITS = { maxPixels: DEFAULT_MAX_PIXELS, timeoutMs: 15_000 };
const RED = [255, 0, 0];
const GREEN = [0, 160, 0];
const BLUE = [0, 0, 255];
const YELLOW = [255, 220, 0];

const read = (bytes: Blob | Uint8Array<ArrayBuffer>, name = 'a.png', limits = LIMITS) =>
  decode({ blob: bytes instanceof Blob ? bytes : new Blob([bytes]), name }, limits);

function canvasOf(
  width: number,
  height: number,
  paint: (drawing: OffscreenCanvasRenderingContext2D) => void,
): OffscreenCanvas {
  const canvas = new OffscreenCanvas(width, height);
  paint(canvas.getContext('2d')!);
  return canvas;
}

/** 64 × 48 pixels in four quarters: red, green / blue, yellow. */
function quarters(type: string): Promise<Blob> {
  const canvas = canvasOf(64, 48, (drawing) => {
    [RED, GREEN, BLUE, YELLOW].forEach((colour, i) => {
      drawing.fillStyle = `rgb(${colour.join()})`;
      drawing.fillRect((i % 2) * 32, Math.floor(i / 2) * 24, 32, 24);
    });
  });
  return canvas.convertToBlob({ type, quality: 1 });
}

/** Opaque noise with a fixed seed. */
function noise(width: number, height: number): ImageData {
  const image = new ImageData(width, height);
  let state = 7;
  for (let i = 0; i < image.data.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    image.data[i] = i % 4 === 3 ? 255 : state >>> 24;
  }
  return image;
}

const rgbOf = ({ data }: ImageData) =>
  Float32Array.from(
    data.filter((_, i) => i % 4 !== 3),
    (value) => value / 255,
  );

const whole = ({ width, height }: ImageBitmap) => ({ x: 0, y: 0, width, height });

function largestDifference(a: Float32Array, b: Float32Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - b[i]!)), 0);
}

/** Which of the four colours stand in the corners: top left, top right, bottom left, bottom right. */
function corners(bitmap: ImageBitmap): number[][] {
  return [0, 1, 2, 3].map((i) => {
    const x = i % 2 ? bitmap.width - 6 : 5;
    const y = i < 2 ? 5 : bitmap.height - 6;
    const seen = Array.from(readRegion(bitmap, { x, y, width: 1, height: 1 }), (value) => value * 255);
    const distance = (colour: number[]) => Math.max(...colour.map((value, c) => Math.abs(value - seen[c]!)));
    return [RED, GREEN, BLUE, YELLOW].find((colour) => distance(colour) < 24) ?? seen;
  });
}

function crc32(bytes: Uint8Array): number {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

/** Puts EXIF into a canvas's JPEG, PNG or WebP, where each format wants it. */
async function withOrientation(file: Blob, orientation: number): Promise<Blob> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (file.type === 'image/jpeg')
    return new Blob([bytesOf(bytes.subarray(0, 2), exifSegment(orientation), bytes.subarray(2))]);
  if (file.type === 'image/webp') {
    // Chromium's own WebP has the extended header already: its EXIF flag only needs setting.
    expect(String.fromCharCode(...bytes.subarray(12, 16))).toBe('VP8X');
    bytes[20]! |= 0x08;
    return new Blob([webp(bytes.subarray(12), riff('EXIF', exifBlock(orientation)))]);
  }
  const content = bytesOf('eXIf', exifBlock(orientation));
  return new Blob([
    bytesOf(bytes.subarray(0, 33), u32be(content.length - 4), content, u32be(crc32(content)), bytes.subarray(33)),
  ]);
}

describe('orientation', () => {
  // By the meaning of EXIF's tag 274: what stands in each corner once the picture is upright.
  const upright = [
    [1, [RED, GREEN, BLUE, YELLOW]],
    [2, [GREEN, RED, YELLOW, BLUE]],
    [3, [YELLOW, BLUE, GREEN, RED]],
    [4, [BLUE, YELLOW, RED, GREEN]],
    [5, [RED, BLUE, GREEN, YELLOW]],
    [6, [BLUE, RED, YELLOW, GREEN]],
    [7, [YELLOW, GREEN, BLUE, RED]],
    [8, [GREEN, YELLOW, RED, BLUE]],
    [99, [RED, GREEN, BLUE, YELLOW]],
  ] as const;

  describe.each(['image/jpeg', 'image/png', 'image/webp'])('in %s', (type) => {
    it.each(upright)('%i is applied', async (orientation, expected) => {
      const { facts, bitmap, close } = await read(await withOrientation(await quarters(type), orientation));
      const swapped = orientation >= 5 && orientation <= 8;
      expect([facts.width, facts.height]).toEqual(swapped ? [48, 64] : [64, 48]);
      expect([bitmap.width, bitmap.height]).toEqual([facts.width, facts.height]);
      expect(corners(bitmap)).toEqual(expected);
      close();
      expect(bitmap.width).toBe(0);
    });
  });
});

describe('pixels', () => {
  it('come exactly as they are at the same size, across the borders of blocks', async () => {
    const image = noise(2100, 530);
    const file = await canvasOf(2100, 530, (drawing) => drawing.putImageData(image, 0, 0)).convertToBlob();
    const { facts, bitmap } = await read(file);
    expect(facts).toEqual({ width: 2100, height: 530, format: 'PNG', bytes: file.size });
    const native = planSize(facts, { kind: 'native', maxPixels: 2 ** 22 });
    expect(largestDifference(resample(bitmap, native), rgbOf(image))).toBe(0);
    expect(largestDifference(readRegion(bitmap, whole(bitmap)), rgbOf(image))).toBe(0);
    const part = readRegion(bitmap, { x: 2040, y: 505, width: 20, height: 11 });
    const expected = Array.from({ length: 11 * 20 * 3 }, (_, i) => {
      const [row, column] = [505 + Math.floor(i / 60), 2040 + (Math.floor(i / 3) % 20)];
      return image.data[(row * 2100 + column) * 4 + (i % 3)]! / 255;
    });
    expect(largestDifference(part, Float32Array.from(expected))).toBe(0);
  });

  it('are resampled as the arithmetic says, however wide the image is', async () => {
    const image = noise(5000, 40);
    const file = await canvasOf(5000, 40, (drawing) => drawing.putImageData(image, 0, 0)).convertToBlob();
    const { facts, bitmap } = await read(file);
    const plan = planSize(facts, { kind: 'area', side: 100 });
    const expected = resamplePixels(image.data, facts, plan.input);
    expect(largestDifference(resample(bitmap, plan), expected)).toBeLessThan(1e-6);
    const crop = planSize(facts, { kind: 'crop' });
    expect(largestDifference(resample(bitmap, crop), readCrop(image, crop.source, crop.input))).toBeLessThan(1e-6);
  });

  it('come in sRGB from an image in wider colours', async () => {
    const canvas = new OffscreenCanvas(32, 32);
    const drawing = canvas.getContext('2d', { colorSpace: 'display-p3' })!;
    drawing.fillStyle = 'color(srgb 0.8 0.2 0.1)';
    drawing.fillRect(0, 0, 32, 32);
    const { bitmap } = await read(await canvas.convertToBlob({ type: 'image/jpeg', quality: 1 }));
    const [red = 0, green = 0, blue = 0] = readRegion(bitmap, { x: 9, y: 9, width: 1, height: 1 });
    // In display-p3's own numbers it is (0.74, 0.25, 0.15).
    for (const difference of [red - 0.8, green - 0.2, blue - 0.1]) expect(Math.abs(difference)).toBeLessThan(0.02);
  });

  it('come over white where the image is transparent', async () => {
    const file = await canvasOf(4, 2, (drawing) => {
      drawing.fillStyle = 'rgba(0, 0, 0, 0.5)';
      drawing.fillRect(0, 0, 2, 2);
    }).convertToBlob();
    const { bitmap } = await read(file);
    // Twice, since the canvas they are read through is used again.
    for (let i = 0; i < 2; i++) {
      const row = readRegion(bitmap, { x: 0, y: 0, width: 4, height: 1 });
      expect(Math.abs(row[0]! - 0.5)).toBeLessThan(0.005);
      expect(Array.from(row.subarray(6))).toEqual([1, 1, 1, 1, 1, 1]);
    }
  });

  it.each([
    ['GIF', GIF_RED_BLUE],
    ['BMP', BMP_RED_BLUE],
  ])('of a %s', async (format, bytes) => {
    const { facts, bitmap } = await read(bytes);
    expect(facts).toEqual({ width: 2, height: 1, format, bytes: bytes.length });
    expect(Array.from(readRegion(bitmap, whole(bitmap)))).toEqual([1, 0, 0, 0, 0, 1]);
  });

  it('outside the image are refused', async () => {
    const { bitmap } = await read(GIF_RED_BLUE);
    for (const rect of [
      { x: 1, y: 0, width: 2, height: 1 },
      { x: 0, y: 0, width: 1.5, height: 1 },
      { x: 0, y: 0, width: 0, height: 1 },
    ]) {
      expect(() => readRegion(bitmap, rect)).toThrow(expect.objectContaining({ name: 'BadArgument' }));
    }
  });
});

function readCrop(
  image: ImageData,
  rect: { x: number; y: number; width: number; height: number },
  target: { width: number; height: number },
) {
  const cut = new Uint8ClampedArray(rect.width * rect.height * 4);
  for (let row = 0; row < rect.height; row++) {
    const from = ((rect.y + row) * image.width + rect.x) * 4;
    cut.set(image.data.subarray(from, from + rect.width * 4), row * rect.width * 4);
  }
  return resamplePixels(cut, rect, target);
}

describe('a file that lacks its end', () => {
  const noisy = (type: string) =>
    canvasOf(96, 320, (drawing) => drawing.putImageData(noise(96, 320), 0, 0)).convertToBlob({ type, quality: 0.9 });

  it('is taken where its end mark alone is missing', async () => {
    const [jpeg, png] = [await noisy('image/jpeg'), await noisy('image/png')];
    const whole = await read(png);
    expect(whole.facts).not.toHaveProperty('missingEnd');
    whole.close();
    for (const cut of [jpeg.slice(0, jpeg.size - 2), png.slice(0, png.size - 12)]) {
      const { facts, close } = await read(cut);
      expect(facts).toMatchObject({ width: 96, height: 320, missingEnd: 0 });
      close();
    }
  });

  it('is taken where the last rows of a JPEG are missing, and says how many, however it is turned', async () => {
    const jpeg = await noisy('image/jpeg');
    for (const orientation of [1, 3, 4, 5, 6, 7, 8]) {
      const turned = await withOrientation(jpeg, orientation);
      const { facts, close } = await read(turned.slice(0, turned.size * 0.85));
      expect(facts.missingEnd, `orientation ${orientation}`).toBeGreaterThan(0.08);
      expect(facts.missingEnd, `orientation ${orientation}`).toBeLessThan(0.2);
      close();
    }
  });
});

describe('refusals', () => {
  it('of what is too large, by header and with the numbers, before decoding', async () => {
    await expect(read(bytesOf(pngHeader(20_000, 20_000), new Uint8Array(50_000)), 'bomb.png')).rejects.toMatchObject({
      name: 'ImageTooLarge',
      message: /“bomb\.png”.*400 megapixels \(20,000 × 20,000\); the limit is 134 megapixels/,
    });
    await expect(read(await quarters('image/png'), 'a.png', { ...LIMITS, maxPixels: 3071 })).rejects.toMatchObject({
      name: 'ImageTooLarge',
    });
    expect((await read(await quarters('image/png'), 'a.png', { ...LIMITS, maxPixels: 3072 })).facts.width).toBe(64);
  });

  it('of a drawn bitmap that is too large, which is closed', async () => {
    const bitmap = await createImageBitmap(new ImageData(20, 20));
    const input = { blob: new Blob(['<svg/>']), name: 'a.svg', bitmap };
    await expect(decode(input, { ...LIMITS, maxPixels: 399 })).rejects.toMatchObject({ name: 'ImageTooLarge' });
    expect(bitmap.width).toBe(0);
  });

  it('of files that are cut off or damaged, each in its words', async () => {
    for (const type of ['image/jpeg', 'image/png', 'image/webp']) {
      const file = await canvasOf(80, 80, (drawing) => drawing.putImageData(noise(80, 80), 0, 0)).convertToBlob({
        type,
      });
      const half = file.slice(0, file.size / 2);
      await expect(read(half, 'half')).rejects.toMatchObject({
        name: 'UnreadableImage',
        message: /“half” is cut off: the end/,
      });
    }
    const damaged = bytesOf(pngHeader(5, 5), 0, 0, 0, 0, 'IEND', u32be(0xae426082));
    await expect(read(damaged, 'x.png')).rejects.toMatchObject({
      name: 'UnreadableImage',
      message: /“x\.png” \(PNG, 5 × 5\) could not be decoded/,
    });
    const lossless = bytesOf(jpegHeader(5, 5, { frame: 0xc3 }), 0xff, 0xd9);
    await expect(read(lossless)).rejects.toMatchObject({ name: 'UnsupportedFormat', message: /lossless JPEG/ });
  });

  it('of a header that claims more than its file can hold, in other words than those for what is large', async () => {
    await expect(read(pngHeader(20_000, 20_000), 'lie.png')).rejects.toMatchObject({
      name: 'UnreadableImage',
      message:
        /“lie\.png” is damaged: its header and the file do not agree, 20000 × 20000 pixels do not fit into \d+ bytes/,
    });
  });

  it('of a file that takes too long, or is cancelled', async () => {
    const stuck = await quarters('image/png');
    stuck.arrayBuffer = () => new Promise<never>(() => undefined);
    stuck.slice = () => stuck;
    await expect(read(stuck, 'slow.png', { ...LIMITS, timeoutMs: 30 })).rejects.toMatchObject({
      name: 'DecodeTimeout',
      message: /slow\.png/,
    });
    const controller = new AbortController();
    const waiting = decode({ blob: stuck, name: 'a' }, LIMITS, controller.signal);
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ name: 'Cancelled' });
  });
});

describe('pictures for people', () => {
  it('keep the shape, never grow, and stand on white', async () => {
    const file = await canvasOf(400, 100, (drawing) => {
      drawing.fillStyle = '#00f';
      drawing.fillRect(0, 0, 200, 100);
    }).convertToBlob();
    const { bitmap } = await read(file);
    for (const [picture, width, height] of [
      [await thumbnail(bitmap), 160, 40],
      [await preview(bitmap), 400, 100],
      [await thumbnail(bitmap, 50), 50, 13],
    ] as const) {
      expect(picture.type).toBe('image/jpeg');
      const back = await read(picture);
      expect(back.facts).toMatchObject({ width, height, format: 'JPEG' });
      const row = readRegion(back.bitmap, { x: 0, y: 5, width, height: 1 });
      expect(row[2]! - row[0]!).toBeGreaterThan(0.9);
      expect(Math.min(...row.subarray(-3))).toBeGreaterThan(0.98);
    }
  });

  it('stand upright', async () => {
    const { bitmap } = await read(await withOrientation(await quarters('image/jpeg'), 6));
    for (const picture of [await thumbnail(bitmap, 40), await preview(bitmap)]) {
      const back = await read(picture);
      expect(back.facts.height).toBeGreaterThan(back.facts.width);
      expect(corners(back.bitmap)).toEqual([BLUE, RED, YELLOW, GREEN]);
    }
  });

  it('keep at least a pixel of the thinnest strip', async () => {
    const { bitmap } = await read(
      await canvasOf(1, 5000, (drawing) => drawing.fillRect(0, 0, 1, 5000)).convertToBlob(),
    );
    expect((await read(await thumbnail(bitmap))).facts).toMatchObject({ width: 1, height: 160 });
  });
});
