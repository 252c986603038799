/** Twenty large photos, decoded as far as needed and whole: the same features, and the same answers. Drawn; where the test data is at hand, enlarged photos. */
import { beforeAll, expect, test } from 'vitest';
import { commands } from 'vitest/browser';
import { drawnJpeg } from '../../bench/drawnPhoto.ts';
import { cosine } from '../../core/cosine.ts';
import type { Analysis, Decoding } from '../../core/model.ts';
import { DEFAULT_MAX_PIXELS } from '../../core/size/policies/native.ts';
import { DEFAULT_POLICY } from '../../core/size/sizing.ts';
import { AnysizeEngine } from '../engine.ts';

const PHOTOS = 20;
/** Twelve to sixteen megapixels, in a camera's shapes, upright and lying; the sides are no multiples of anything. */
const SIZES = [
  [4032, 3024],
  [3024, 4032],
  [4624, 3468],
  [5001, 2813],
  [4001, 3003],
] as const;

const engine = new AnysizeEngine();
beforeAll(async () => void (await engine.start(new URL('/', location.href).href, 'wasm')));

async function enlarged(name: string, width: number, height: number): Promise<Blob> {
  const bytes = Uint8Array.from(atob(await commands.knownPhoto(name)), (letter) => letter.charCodeAt(0));
  const photo = await createImageBitmap(new Blob([bytes]));
  const canvas = new OffscreenCanvas(width, height);
  const drawing = canvas.getContext('2d', { alpha: false })!;
  drawing.imageSmoothingQuality = 'high';
  // Covered, not stretched: the answer is to stay one.
  const scale = Math.max(width / photo.width, height / photo.height);
  const [w, h] = [photo.width * scale, photo.height * scale];
  drawing.drawImage(photo, (width - w) / 2, (height - h) / 2, w, h);
  photo.close();
  return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.92 });
}

async function photoOf(i: number, names: readonly string[]): Promise<Blob> {
  const [width, height] = SIZES[i % SIZES.length] ?? SIZES[0];
  const name = names[i];
  return name === undefined ? drawnJpeg(width, height, i) : enlarged(name, width, height);
}

const said = (blob: Blob, decoding: Decoding): Promise<Analysis> =>
  engine.analyse(
    'look',
    { blob, name: 'a.jpg', decoding },
    {
      policy: DEFAULT_POLICY,
      pyramid: { levels: [1], rule: 'adaptive', pooling: 'mean' },
      head: 'everyday',
      maxPixels: DEFAULT_MAX_PIXELS,
    },
  );

test(`${PHOTOS} large photos keep their features and their classes`, async () => {
  const names = await commands.knownPhotos();
  for (let i = 0; i < PHOTOS; i++) {
    const blob = await photoOf(i, names);
    const maps = [];
    for (const decoding of ['whole', 'needed'] as const) {
      const image = { blob, name: 'a.jpg', decoding };
      maps.push((await engine.features(image, DEFAULT_POLICY, 'embedded')).data);
    }
    const [whole, needed] = [await said(blob, 'whole'), await said(blob, 'needed')];
    const alike = cosine(maps[0]!, maps[1]!);
    const about = `${names[i] ?? 'drawn'} at ${SIZES[i % SIZES.length]?.join(' × ')}: cosine ${alike.toFixed(5)}`;
    console.info(about, whole.top[0]?.label, whole.top[0]?.score.toFixed(3), needed.top[0]?.score.toFixed(3));
    expect(needed.facts.reduction, about).toBe(4);
    expect(alike, about).toBeGreaterThanOrEqual(0.999);
    // Of a drawing nobody knows what it is: two classes may be even.
    if (names[i]) expect(needed.top[0]?.label, about).toBe(whole.top[0]?.label);
    for (const [k, { score }] of whole.top.entries()) {
      expect(Math.abs((needed.top[k]?.score ?? NaN) - score), about).toBeLessThan(0.03);
    }
  }
});
