/** The hostile image set, file by file, from bytes to the model's input. Skipped where the test data is not at hand. */
import { describe, expect, it } from 'vitest';
import { commands } from 'vitest/browser';
import { HOSTILE_OUTCOMES } from '../../../e2e/hostileOutcomes.ts';
import { decode } from './pixels/decode.ts';
import { toImageInput } from '../../client/imageInput.ts';
import type { Size } from '../../core/model.ts';
import { resample } from './pixels/resample.ts';
import { DEFAULT_MAX_PIXELS } from '../../core/size/policies/native.ts';
import { DEFAULT_POLICY, planSize } from '../../core/size/sizing.ts';

/** Longest that one file may take, refused or not. */
const MAX_MS = 20_000;

async function hostile(path: string): Promise<Uint8Array<ArrayBuffer> | null> {
  const base64 = await commands.hostileFile(path);
  return base64 === null ? null : Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

const manifest = await hostile('manifest.json');

async function inputOf(path: string): Promise<{ size: Size; values: Float32Array }> {
  const bytes = await hostile(path);
  if (!bytes) throw new Error(`${path} is listed but missing`);
  const input = await toImageInput(new Blob([bytes]), path.split('/').at(-1) ?? path);
  const image = await decode(input, { maxPixels: DEFAULT_MAX_PIXELS, timeoutMs: 15_000 });
  try {
    const { width, height } = image.facts;
    return { size: { width, height }, values: resample(image.bitmap, planSize(image.facts, DEFAULT_POLICY)) };
  } finally {
    image.close();
  }
}

function meanDifference(a: Float32Array, b: Float32Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((sum, value, i) => sum + Math.abs(value - b[i]!), 0) / a.length;
}

describe.skipIf(!manifest)('the hostile images', () => {
  const listed = JSON.parse(new TextDecoder().decode(manifest ?? new TextEncoder().encode('[]'))) as { file: string }[];
  const files = listed.map(({ file }) => file).filter((file) => !file.startsWith('zips/'));

  it('all have an outcome in the table', () => {
    expect(Object.keys(HOSTILE_OUTCOMES).sort()).toEqual(files.toSorted());
  });

  it.each(Object.entries(HOSTILE_OUTCOMES))('%s', async (file, outcome) => {
    const start = performance.now();
    if (outcome === 'ok') {
      const { values } = await inputOf(file);
      expect(values.every((value) => value >= 0 && value <= 1.000001)).toBe(true);
    } else {
      const error: unknown = await inputOf(file).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ name: outcome.error, message: expect.stringMatching(/^“.+” .+\. .+\.$/) });
    }
    expect(performance.now() - start).toBeLessThan(MAX_MS);
  });

  it.each([
    ['90_exif_landscape', 1800, 1200],
    ['91_exif_portrait', 1200, 1800],
  ])('%s shows the same picture in all nine orientations', async (name, width, height) => {
    const upright = await inputOf(`${name}_1.jpg`);
    for (const orientation of [0, 2, 3, 4, 5, 6, 7, 8]) {
      const { size, values } = await inputOf(`${name}_${orientation}.jpg`);
      expect(size).toEqual({ width, height });
      expect(meanDifference(values, upright.values)).toBeLessThan(0.02);
    }
  });

  it('a PNG and a WebP are turned by their EXIF as a JPEG is', async () => {
    const png = await inputOf('94_png_exif_6.png');
    for (const file of ['95_webp_exif_6.webp', '93_exif_html_description.jpg']) {
      const { size, values } = await inputOf(file);
      expect(size).toEqual({ width: 240, height: 179 });
      expect(meanDifference(values, png.values)).toBeLessThan(0.03);
    }
  });

  it('transparency is white, and a text bomb never unpacks', async () => {
    expect((await inputOf('49_fully_transparent.png')).values.every((value) => value === 1)).toBe(true);
    expect((await inputOf('28_ztxt_bomb.png')).size).toEqual({ width: 1, height: 1 });
  });
});
