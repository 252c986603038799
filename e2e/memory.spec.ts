/** Training on photos of many sizes leaves nothing behind. (500 of them, and classifying: `npm run bench -- native`.) */
import type { Page } from '@playwright/test';
import { expect, LONG, test } from './fixtures.ts';

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
  ['webgpu', 9, {}],
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
    expect(new Set(tensors).size).toBe(1);
    if (backend === 'webgpu') expect(gpu).toBeGreaterThan(0);
    else expect(wasm).toBeGreaterThan(0);
    expect(gpu).toBeLessThan(400 * MIB);
    expect(wasm).toBeLessThan(128 * MIB);
  });
}
