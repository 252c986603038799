/** A backend without room for a piece of work, in a real browser: never silent zeros. */
import { afterEach, expect, test, vi } from 'vitest';
import { retireWasm } from './backend.ts';
import { heldPixels, type PixelSource } from '../path/pixels/pixelSource.ts';
import { LEAST_BUDGET } from './pixelBudget.ts';
import { Session } from './session.ts';
import { wholeMap } from '../path/tiles/tiledPath.ts';

const MEGABYTE = 2 ** 20;

afterEach(() => vi.restoreAllMocks());

/** A session with a heap of its own. */
async function start(backend: 'webgpu' | 'wasm') {
  retireWasm();
  const notices: string[] = [];
  const session = new Session(new URL('/', location.href).href, backend, (event) => {
    if (event.type === 'notice') notices.push(event.text);
  });
  expect((await session.switchTo(backend)).name).toBe(backend);
  return { session, notices };
}

/** Largest difference; NaN where lengths differ. */
function difference(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) return Number.NaN;
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] ?? Number.NaN))), 0);
}

function source(width: number, height: number): PixelSource {
  const data = Float32Array.from({ length: width * height * 3 }, (_, i) => ((i * 37) % 101) / 100);
  return heldPixels(data, { width, height });
}

test('a GPU that has no buffer for the work gets smaller pieces, then WASM takes over and answers', async () => {
  const { session, notices } = await start('webgpu');
  const budget = session.pixelBudget;
  const small = source(65, 64);

  // A buffer over the device's limit is an error that nobody throws: reads of it give zeros.
  const createBuffer = GPUDevice.prototype.createBuffer;
  let refused = 0;
  vi.spyOn(GPUDevice.prototype, 'createBuffer').mockImplementation(function (this: GPUDevice, descriptor) {
    const large = descriptor.size > 100_000 && !descriptor.mappedAtCreation;
    if (large) refused++;
    return createBuffer.call(this, large ? { ...descriptor, size: this.limits.maxBufferSize + 4 } : descriptor);
  });
  const { map } = await wholeMap(session, 'embedded', small);
  expect(refused).toBeGreaterThan(0);
  expect(session.info).toMatchObject({ name: 'wasm', forced: false });
  expect(notices.at(-1)).toMatch(/WASM takes over/);
  if (budget > 2e6) expect(notices[0]).toMatch(/tiles of/);
  vi.restoreAllMocks();

  const { map: expected } = await wholeMap(session, 'embedded', small);
  expect(map.data.some((value) => value > 0)).toBe(true);
  expect(difference(map.data, expected.data)).toBe(0);
});

/** From now on no WASM heap grows beyond `bytes`; counts the refusals. */
function limitHeap(bytes: number): { refused: number } {
  const told = { refused: 0 };
  const { grow } = WebAssembly.Memory.prototype;
  vi.spyOn(WebAssembly.Memory.prototype, 'grow').mockImplementation(function (this: WebAssembly.Memory, pages) {
    if (this.buffer.byteLength + pages * 65_536 > bytes) {
      told.refused++;
      throw new RangeError('WebAssembly.Memory.grow(): Unable to grow instance memory');
    }
    return grow.call(this, pages);
  });
  return told;
}

test('a WASM heap that cannot grow gets smaller tiles, and the answer is that of one piece', async () => {
  const { session, notices } = await start('wasm');
  const large = source(1301, 1203);
  const limit = limitHeap(160 * MEGABYTE);
  const { map, tiles } = await wholeMap(session, 'embedded', large);
  expect(limit.refused).toBeGreaterThan(0);
  expect(tiles?.count).toBeGreaterThan(1);
  expect(session.info.name).toBe('wasm');
  expect(notices[0]).toMatch(/^This browser has too little memory .* in tiles of 1\.0 megapixels\.$/);
  vi.restoreAllMocks();

  const { session: fresh } = await start('wasm');
  const { map: expected, tiles: none } = await wholeMap(fresh, 'embedded', large);
  expect(none).toBeNull();
  expect(difference(map.data, expected.data)).toBeLessThanOrEqual(1e-4);
  expect(Math.max(...expected.data.subarray(0, 10_000))).toBeGreaterThan(0);
});

test('without room for the smallest tile the work fails by name, and the next one is answered', async () => {
  const { session } = await start('wasm');
  const image = source(601, 545);
  const limit = limitHeap(40 * MEGABYTE);
  await expect(wholeMap(session, 'embedded', image)).rejects.toMatchObject({ name: 'OutOfMemory' });
  expect(limit.refused).toBeGreaterThan(0);
  expect(session.pixelBudget).toBe(LEAST_BUDGET);
  // Small pictures go on as before, on a heap that nothing was written to.
  const icon = await wholeMap(session, 'embedded', source(33, 40));
  vi.restoreAllMocks();
  expect(session.info.name).toBe('wasm');
  const { map } = await wholeMap(session, 'embedded', image);

  const { session: fresh } = await start('wasm');
  const again = await wholeMap(fresh, 'embedded', source(33, 40));
  expect(difference(icon.map.data, again.map.data)).toBe(0);
  expect(difference(map.data, (await wholeMap(fresh, 'embedded', image)).map.data)).toBeLessThanOrEqual(1e-4);
  expect(Math.max(...icon.map.data)).toBeGreaterThan(0);
});
