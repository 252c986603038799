/** A GPU that is lost and comes back, as after a driver reset. */
import { expect, test } from './fixtures.ts';
import { openEngine } from './openEngine.ts';

test('the GPU lost in a queue of 20: all are answered as before', async ({ page }) => {
  test.setTimeout(300_000);
  await openEngine(page, 'webgpu');
  const outcome = await page.evaluate(async () => {
    const blobs = await Promise.all(
      Array.from({ length: 20 }, (_, i) => {
        const canvas = new OffscreenCanvas(40 + i, 33);
        canvas.getContext('2d')?.fillRect(i, 5, 12, 12);
        return canvas.convertToBlob();
      }),
    );
    const vector = (blob: Blob) => window.anysize.vector(blob, { policy: 'native' });
    const queue = blobs.map(vector);
    await queue[3];
    await window.anysize.loseDevice();
    const answers = await Promise.all(queue);
    const backend = window.anysize.backend;
    await window.anysize.use('wasm');
    const differences: number[] = [];
    for (const [i, blob] of blobs.entries()) {
      const { data } = await vector(blob);
      const other = answers[i]?.data;
      differences.push(
        data.reduce((most, value, k) => Math.max(most, Math.abs(value - (other?.[k] ?? Number.NaN))), 0),
      );
    }
    return {
      backend,
      allThere: answers.every(({ data }) => data.length === 26_880 && data.some((value) => value > 0)),
      largest: Math.max(...differences),
    };
  });
  expect(outcome.backend).toBe('webgpu');
  expect(outcome.allThere).toBe(true);
  expect(outcome.largest).toBeLessThan(1e-3);
});

test('the GPU lost while training photos become vectors: it comes back and the training ends with all photos', async ({
  page,
}) => {
  test.setTimeout(300_000);
  await openEngine(page, 'webgpu');
  const outcome = await page.evaluate(async () => {
    const photo = (colour: string, i: number) => {
      const canvas = new OffscreenCanvas(48, 33 + i);
      const context = canvas.getContext('2d');
      if (context) context.fillStyle = colour;
      context?.fillRect(i, 0, 30, 33);
      return canvas.convertToBlob();
    };
    const many = (colour: string) => Promise.all(Array.from({ length: 6 }, (_, i) => photo(colour, i)));
    const training = window.anysize.train({
      classes: { red: await many('#c22'), blue: await many('#22c') },
      options: { vectors: { policy: { kind: 'native', maxPixels: 1e6 } } },
    });
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await window.anysize.loseDevice();
    const { predictions, run } = await training;
    return { backend: window.anysize.backend, photos: predictions.length, failed: run.failed.length };
  });
  expect(outcome).toEqual({ backend: 'webgpu', photos: 12, failed: 0 });
});
