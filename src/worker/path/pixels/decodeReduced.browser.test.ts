/** Large JPEGs decoded at a fraction of their size against the whole of them, in a real browser. */
import { describe, expect, it } from 'vitest';
import { commands } from 'vitest/browser';
import { drawnJpeg } from '../../../bench/drawnPhoto.ts';
import { bytesOf, exifSegment } from '../../../core/image-header/testFiles.ts';
import { planSize } from '../../../core/size/sizing.ts';
import type { Reduction } from '../../../core/size/reduction.ts';
import { preview } from '../pictures.ts';
import { decode } from './decode.ts';
import { planPixels } from './pixelSource.ts';

const NAME = 'a.jpg';

async function withOrientation(jpeg: Blob, orientation: number): Promise<Blob> {
  const bytes = new Uint8Array(await jpeg.arrayBuffer());
  return new Blob([bytesOf(bytes.subarray(0, 2), exifSegment(orientation), bytes.subarray(2))]);
}

/** Input of an area of 300² from the file, decoded at 1/`reduction`, and by how much it was reduced. */
async function inputOf(blob: Blob, reduction: Reduction, policy = { kind: 'area', side: 300 } as const) {
  const decoded = await decode({ blob, name: NAME }, { reduction: () => reduction });
  try {
    const { facts, bitmap } = decoded;
    return { facts, size: [bitmap.width, bitmap.height], values: planPixels(decoded, planSize(facts, policy)) };
  } finally {
    decoded.close();
  }
}

function meanDifference(a: Float32Array, b: Float32Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((sum, value, i) => sum + Math.abs(value - (b[i] ?? NaN)), 0) / a.length;
}

describe('a picture of 2403 × 1606 at a quarter', () => {
  const file = drawnJpeg(2403, 1606, 1);

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('gives the same input as the whole, orientation %i', async (orientation) => {
    const blob = await withOrientation(await file, orientation);
    const whole = await inputOf(blob, 1);
    const reduced = await inputOf(blob, 4);
    const swapped = orientation >= 5;
    expect(reduced.facts).toEqual({ ...whole.facts, reduction: 4 });
    expect(whole.facts.reduction).toBeUndefined();
    expect(reduced.size).toEqual(swapped ? [402, 601] : [601, 402]);
    expect([reduced.facts.width, reduced.facts.height]).toEqual(swapped ? [1606, 2403] : [2403, 1606]);
    // Neighbouring pixels of this picture differ by 0.03 on average; mirrored it differs from itself by 0.2.
    expect(meanDifference(reduced.values, whole.values)).toBeLessThan(0.004);
  });

  it('gives the same crop', async () => {
    const crop = { kind: 'crop' } as unknown as { kind: 'area'; side: 300 };
    const [whole, reduced] = [await inputOf(await file, 1, crop), await inputOf(await file, 4, crop)];
    expect(meanDifference(reduced.values, whole.values)).toBeLessThan(0.004);
  });

  it('stays whole where the answer is in doubt: PNG, a browser without the decoder', async () => {
    const blank = new OffscreenCanvas(2400, 1600);
    blank.getContext('2d')?.fillRect(0, 0, 9, 9);
    const png = await blank.convertToBlob();
    expect((await inputOf(png, 4)).facts.reduction).toBeUndefined();
    const { ImageDecoder } = globalThis;
    try {
      Object.assign(globalThis, { ImageDecoder: undefined });
      expect((await inputOf(await file, 4)).facts.reduction).toBeUndefined();
    } finally {
      Object.assign(globalThis, { ImageDecoder });
    }
  });

  it('is refused in the same words where it is cut off, and never handed out in part', async () => {
    const blob = await file;
    const half = blob.slice(0, blob.size / 2);
    for (const reduction of [1, 4] as const) {
      await expect(inputOf(half, reduction)).rejects.toMatchObject({
        name: 'UnreadableImage',
        message: /“a\.jpg” is cut off: the end/,
      });
    }
  });

  it('can be looked at', async () => {
    const decoded = await decode({ blob: await file, name: NAME }, { reduction: () => 2 });
    const picture = await createImageBitmap(await preview(decoded.bitmap));
    expect([picture.width, picture.height]).toEqual([1202, 803]);
    decoded.close();
    expect(decoded.bitmap.width).toBe(0);
  });
});

it('a wider colour space comes as sRGB', async () => {
  const canvas = new OffscreenCanvas(1600, 1200);
  const drawing = canvas.getContext('2d', { colorSpace: 'display-p3' })!;
  drawing.fillStyle = 'color(srgb 0.8 0.2 0.1)';
  drawing.fillRect(0, 0, 1600, 1200);
  const { facts, values } = await inputOf(await canvas.convertToBlob({ type: 'image/jpeg', quality: 1 }), 4);
  expect(facts.reduction).toBe(4);
  [0.8, 0.2, 0.1].forEach((value, c) => expect(Math.abs((values[c] ?? NaN) - value)).toBeLessThan(0.02));
});

const HOSTILE = [
  ['40_cmyk.jpg', 4],
  ['41_cmyk_profile.jpg', 2],
  ['42_cmyk_no_profile.jpg', 2],
  ['44_gray.jpg', 2],
  ['45_progressive.jpg', 2],
  ['85_polyglot_jpg_zip.jpg', 2],
  ['90_exif_landscape_7.jpg', 2],
  ['31_24MP_6000x4000.jpg', 8],
] as const;
const present = await commands.hostileFile('manifest.json');

describe.skipIf(!present)('odd JPEGs of the hostile set, reduced, are as they are whole', () => {
  it.each(HOSTILE)('%s', async (name, reduction) => {
    const base64 = await commands.hostileFile(name);
    const blob = new Blob([Uint8Array.from(atob(base64 ?? ''), (letter) => letter.charCodeAt(0))]);
    const small = { kind: 'area', side: 60 } as unknown as { kind: 'area'; side: 300 };
    const [whole, reduced] = [await inputOf(blob, 1, small), await inputOf(blob, reduction, small)];
    expect(reduced.facts.reduction).toBe(reduction);
    expect(meanDifference(reduced.values, whole.values)).toBeLessThan(0.012);
  });
});
