/** A GPU that is lost and comes back, as after a driver reset. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, hasShared, LONG, SHARED, test } from './fixtures.ts';

// One after the other, on one page: WebGPU in software takes many seconds to start.
test.describe.configure({ mode: 'default' });
const lossy = 'loses its GPU';

/**
 * Vectors of so many images, all asked for at once. Where a photo is given, the GPU is lost once the second vector is there, and the photo is
 * asked for its labels, whose model was not built yet.
 */
function vectorsOf(page: Page, count: number, photo?: string | null) {
  return page.evaluate(
    async ([count, photo]) => {
      const blobs = await Promise.all(
        Array.from({ length: count }, (_, i) => {
          const canvas = new OffscreenCanvas(40 + i, 33);
          canvas.getContext('2d')?.fillRect(i, 5, 12, 12);
          return canvas.convertToBlob();
        }),
      );
      const queue = blobs.map((blob) => window.anysize.vector(blob, { policy: 'native' }));
      await queue[1];
      if (photo !== undefined) await window.anysize.loseDevice();
      const bytes = Uint8Array.from(atob(photo ?? ''), (c) => c.charCodeAt(0));
      const small = { policy: { kind: 'area', side: 64 }, head: 'imagenet' } as const;
      const labels = photo ? await window.anysize.classify(new Blob([bytes]), small) : [];
      return { vectors: (await Promise.all(queue)).map(({ data }) => Array.from(data)), labels: labels.length };
    },
    [count, photo] as const,
  );
}

for (const [count, details] of [
  [5, LONG],
  [20, LONG],
] as const) {
  const name = `the GPU lost in a queue of ${count}, before the labels are built: all are answered as before, and the next with labels`;
  test(name, details, async ({ engine }) => {
    test.setTimeout(300_000);
    const page = await engine('webgpu', lossy);
    const photo = hasShared ? readFileSync(join(SHARED, 'images/known', 'broccoli.jpg')).toString('base64') : null;
    const { vectors, labels } = await vectorsOf(page, count, photo);
    expect(await page.evaluate(() => window.anysize.backend)).toBe('webgpu');
    expect(labels).toBe(hasShared ? 5 : 0);
    const [again] = (await vectorsOf(page, 2)).vectors;
    const { vectors: expected } = await vectorsOf(await engine('wasm'), count);
    expect(vectors).toHaveLength(count);
    for (const [i, vector] of [...vectors.entries(), [0, again ?? []] as const]) {
      expect(vector).toHaveLength(26_880);
      expect(vector.some((value) => value > 0)).toBe(true);
      const other = expected[i] ?? [];
      const most = vector.reduce((far, value, k) => Math.max(far, Math.abs(value - (other[k] ?? Number.NaN))), 0);
      expect(most, `image ${i}`).toBeLessThan(1e-3);
    }
  });
}

test(
  'the GPU lost while training photos become vectors: it comes back and the training ends with all photos',
  LONG,
  async ({ engine }) => {
    test.setTimeout(300_000);
    const page = await engine('webgpu', lossy);
    const outcome = await page.evaluate(async () => {
      const photo = (colour: string, i: number) => {
        const canvas = new OffscreenCanvas(48, 33 + i);
        const context = canvas.getContext('2d');
        if (context) context.fillStyle = colour;
        context?.fillRect(i, 0, 30, 33);
        return canvas.convertToBlob();
      };
      const many = (colour: string) => Promise.all(Array.from({ length: 6 }, (_, i) => photo(colour, i)));
      let begin: (value?: unknown) => void = () => {};
      const begun = new Promise((resolve) => (begin = resolve));
      const training = window.anysize.train(
        {
          classes: { red: await many('#c22'), blue: await many('#22c') },
          options: { vectors: { policy: { kind: 'native', maxPixels: 1e6 } } },
        },
        ({ phase }) => phase === 'vectors' && begin(),
      );
      await begun;
      await window.anysize.loseDevice();
      const { predictions, run } = await training;
      return { backend: window.anysize.backend, photos: predictions.length, failed: run.failed.length };
    });
    expect(outcome).toEqual({ backend: 'webgpu', photos: 12, failed: 0 });
  },
);
