/** Photos of many sizes leave nothing behind, neither by training on them (500: `npm run bench -- native`) nor by classifying. */
import type { Page } from '@playwright/test';
import { dropDrawn } from './drop.ts';
import { expect, LONG, test } from './fixtures.ts';
import { watchHeaps } from './heap.ts';

const MIB = 2 ** 20;

/**
 * Trains in rounds on photos that the page draws, each of its own size, every round on those before and as many new ones.
 * Gives the tensors after each round, and the most memory seen meanwhile.
 */
function trainInRounds(page: Page, photos: number, rounds: number) {
  return page.evaluate(
    async ([photos, rounds]) => {
      const photo = (i: number) => {
        const [width, height] = [33 + i, 33 + ((i * 37) % 64)];
        const canvas = new OffscreenCanvas(width, height);
        const drawing = canvas.getContext('2d');
        if (!drawing) throw new Error('no canvas');
        drawing.fillStyle = i % 2 ? '#c43' : '#34c';
        drawing.fillRect(0, 0, width, height);
        drawing.fillStyle = '#fff';
        for (let k = 1; k < 5; k++) drawing.fillRect((i * k * 13) % width, (i * k * 7) % height, 5 + k, 3 + (i % 9));
        return canvas.convertToBlob();
      };
      const classes: Record<'blue' | 'red', Blob[]> = { blue: [], red: [] };
      const tensors: number[] = [];
      let gpu = 0;
      let wasm = 0;
      const look = async () => {
        const memory = await window.anysize.memory();
        gpu = Math.max(gpu, memory.numBytesAllocatedInGPU ?? 0);
        wasm = Math.max(wasm, memory.wasmHeapBytes ?? 0);
        return memory.numTensors;
      };
      let used = 0;
      tensors.push(await look());
      for (let round = 0; round < rounds; round++) {
        for (let i = 0; i < photos / rounds; i++) {
          const number = classes.blue.length + classes.red.length;
          classes[number % 2 ? 'red' : 'blue'].push(await photo(number));
        }
        const looks: Promise<unknown>[] = [];
        const { predictions } = await window.anysize.train(
          { classes, options: { policy: { kind: 'native', maxPixels: 1e6 } } },
          (told) => {
            if (told.phase === 'vectors') looks.push(look());
          },
        );
        await Promise.all(looks);
        used = predictions.length;
        tensors.push(await look());
      }
      return { used, tensors, gpu, wasm };
    },
    [photos, rounds] as const,
  );
}

for (const [backend, photos, details] of [
  ['wasm', 15, {}],
  ['wasm', 60, LONG],
  // On a GPU in software each takes a second or more.
  ['webgpu', 24, LONG],
] as const) {
  const name = `${photos} training photos of ${photos} sizes on ${backend}: memory stays bounded, no tensor is left`;
  test(name, details, async ({ engine }) => {
    test.setTimeout(300_000);
    const page = await engine(backend, backend === 'wasm' ? 'heap of its own' : '');
    const { used, tensors, gpu, wasm } = await trainInRounds(page, photos, 3);
    process.stdout.write(
      `${backend}: tensors ${tensors.join(', ')}; GPU ≤ ${(gpu / MIB).toFixed(0)} MiB, WASM heap ${(wasm / MIB).toFixed(0)} MiB\n`,
    );
    expect(used).toBe(photos);
    // The empty page's own photos may be at work beside the first rounds; what is left behind would be there at the end.
    expect(tensors.at(-1)).toBe(Math.min(...tensors));
    if (backend === 'webgpu') expect(gpu).toBeGreaterThan(0);
    else expect(wasm).toBeGreaterThan(0);
    expect(gpu).toBeLessThan(400 * MIB);
    expect(wasm).toBeLessThan(128 * MIB);
  });
}

/** What one photo in the list may take of a heap, in bytes, its thumbnail and file apart. */
const PER_PHOTO = 10_000;

for (const [photos, first, side, details] of [
  // The engine keeps maps at hand up to 256 MiB: those of the first photos fill that.
  [1000, 700, 320, LONG],
] as const)
  test(
    `${photos} classified photos leave 10 kB each at most, and “Clear all” gives that back`,
    details,
    async ({ page }) => {
      test.setTimeout(900_000);
      await page.clock.install();
      // One engine: what each photo leaves in it is counted.
      const settings = JSON.stringify({ head: 'none', policy: { kind: 'native', maxPixels: 1_000_000 }, workers: 1 });
      await page.addInitScript((text) => localStorage.setItem('anysize.settings', text), settings);
      const heaps = await watchHeaps(page);
      await page.goto('./?backend=wasm');
      await page.evaluate(() => window.anysize.ready);
      const classify = async (from: number, to: number) => {
        const sizes = Array.from({ length: to - from }, (_, i): [number, number] => [
          side + ((from + i) % 61),
          side + (((from + i) * 31) % 47),
        ]);
        await dropDrawn(page, sizes);
        await expect(page.getByText(`${to.toLocaleString('en')} photos`, { exact: true })).toBeVisible({
          timeout: 600_000,
        });
        await expect(page.getByRole('progressbar')).toHaveCount(0, { timeout: 600_000 });
      };
      // The page keeps the last six photos that were looked at with all their numbers; each drop is one.
      for (let part = 0; part < 7; part++) await classify((part * first) / 7, ((part + 1) * first) / 7);
      const before = await heaps();
      await classify(first, photos);
      const after = await heaps();
      const each = (after.page - before.page) / (photos - first);
      const eachInEngine = (after.engine - before.engine) / (photos - first);
      await page.getByRole('button', { name: 'Clear all' }).click();
      await page.clock.fastForward(31_000);
      await expect(page.getByRole('button', { name: /undo|put.* back/i })).toHaveCount(0);
      const cleared = await heaps();
      process.stdout.write(
        `a photo leaves ${(each / 1000).toFixed(1)} kB in the page, ${(eachInEngine / 1000).toFixed(1)} kB in the engine; ` +
          `cleared, the page holds ${((cleared.page - before.page) / 1000).toFixed(0)} kB more than with ${first}\n`,
      );
      expect(each).toBeLessThan(PER_PHOTO);
      if (photos >= 1000) expect(eachInEngine).toBeLessThan(PER_PHOTO);
      expect(cleared.page).toBeLessThan(before.page + PER_PHOTO * first);
    },
  );
