/** Finding in a large photo, and with a graphics card that goes away. */
import { iou } from '../src/core/find/boxes.ts';
import { peakMemory, resetPeakMemory } from '../tools/peakMemory.ts';
import { drawnScenes } from './drawnScenes.ts';
import { expect, LONG, openEngine, test } from './fixtures.ts';

const MIB = 2 ** 20;
const TRAINED = 10;
/** Twenty-four megapixels, of which a whole bitmap alone takes 96 MB. */
const LARGE = 24e6;
const MOST_BYTES = 400 * MIB;

test('things are found in a photo of 24 megapixels, in bounded memory', LONG, async ({ page, browser }) => {
  test.setTimeout(300_000);
  await openEngine(page, 'wasm');
  const scenes = drawnScenes(TRAINED + 1);
  const sizes = await page.evaluate(
    async ([scenes, trained, pixels]) => {
      const blobs = scenes.map(({ png }) => new Blob([Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0))]));
      const photos = scenes.slice(0, trained).map(({ boxes }, i) => ({ image: blobs[i] as Blob, boxes }));
      const { run } = await window.anysize.trainFinder({ photos, side: 300 });
      const bitmap = await createImageBitmap(blobs[trained] as Blob);
      const scale = Math.sqrt(pixels / (bitmap.width * bitmap.height));
      const canvas = new OffscreenCanvas(Math.ceil(bitmap.width * scale), Math.ceil(bitmap.height * scale));
      canvas.getContext('2d', { alpha: false })?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
      bitmap.close();
      const large = {
        jpeg: await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 }),
        png: await canvas.convertToBlob({ type: 'image/png' }),
      };
      const size = { width: canvas.width, height: canvas.height };
      canvas.width = 1;
      Object.assign(window, { large, run });
      return size;
    },
    [scenes, TRAINED, LARGE] as const,
  );
  const scene = scenes[TRAINED];
  if (!scene) throw new Error('there is one more scene than is learned from');
  expect(sizes.width * sizes.height).toBeGreaterThanOrEqual(LARGE);
  for (const format of ['jpeg', 'png'] as const) {
    await resetPeakMemory(browser);
    const before = (await peakMemory(browser)) ?? 0;
    const finds = await page.evaluate(async (format) => {
      const { large, run } = window as unknown as { large: Record<typeof format, Blob>; run: never };
      return window.anysize.find(large[format], { run });
    }, format);
    const grown = ((await peakMemory(browser)) ?? 0) - before;
    process.stdout.write(`24 megapixels as ${format}: ${(grown / MIB).toFixed(0)} MiB more than before\n`);
    for (const { label, box } of scene.boxes) {
      const truth = box.map((side, i) => side * (i % 2 ? sizes.height / scene.height : sizes.width / scene.width));
      const [left = 0, top = 0, right = 0, bottom = 0] = truth;
      const own = finds.filter((find) => find.label === label).map((find) => iou(find.box, [left, top, right, bottom]));
      expect(Math.max(0, ...own), `${label} in the ${format}`).toBeGreaterThanOrEqual(0.5);
    }
    expect(grown).toBeLessThan(MOST_BYTES);
  }
});

test('the GPU lost while a finder is trained: it comes back, and no photo is missing', LONG, async ({ engine }) => {
  test.setTimeout(300_000);
  const page = await engine('webgpu', 'loses its GPU');
  const outcome = await page.evaluate(async () => {
    const photo = (i: number) => {
      const canvas = new OffscreenCanvas(96 + i, 70);
      const context = canvas.getContext('2d');
      if (!context) throw new Error('no canvas');
      context.fillStyle = '#678';
      context.fillRect(0, 0, canvas.width, canvas.height);
      context.fillStyle = i % 2 ? '#c22' : '#c82';
      context.fillRect(10 + 3 * i, 12, 40, 36);
      return canvas.convertToBlob();
    };
    const photos = await Promise.all(
      Array.from({ length: 4 }, async (_, i) => {
        const box: [number, number, number, number] = [10 + 3 * i, 12, 50 + 3 * i, 48];
        return { image: await photo(i), boxes: [{ label: 'block', box }] };
      }),
    );
    let lost: Promise<void> | null = null;
    const { run, classes } = await window.anysize.trainFinder({ photos, side: 64 }, (progress) => {
      if (progress.phase === 'reading' && progress.maps === 2) lost ??= window.anysize.loseDevice();
    });
    await lost;
    const finds = await window.anysize.find(photos[0]?.image ?? new Blob(), { run, threshold: -10 });
    const { train, heldOut, failed } = run;
    const read = train.length + heldOut.length;
    return {
      backend: window.anysize.backend,
      classes,
      read,
      failed: failed.length,
      lost: lost !== null,
      finds: finds.length > 0,
    };
  });
  expect(outcome).toEqual({ backend: 'webgpu', classes: ['block'], read: 4, failed: 0, lost: true, finds: true });
});
