/** A GPU without room for a piece of work, in a real browser: never silent zeros. */
import { afterEach, expect, test, vi } from 'vitest';
import { heldPixels } from './pixelSource.ts';
import { Session } from './session.ts';
import { wholeMap } from './tiledPath.ts';

const size = { width: 65, height: 64 };
const pixels = Float32Array.from({ length: size.width * size.height * 3 }, (_, i) => ((i * 37) % 101) / 100);

afterEach(() => vi.restoreAllMocks());

test('a GPU that has no buffer for the work gets smaller pieces, then WASM takes over and answers', async () => {
  const notices: string[] = [];
  const session = new Session(new URL('/', location.href).href, 'webgpu', (event) => {
    if (event.type === 'notice') notices.push(event.text);
  });
  expect((await session.switchTo('webgpu')).name).toBe('webgpu');
  const budget = session.pixelBudget;

  // A buffer over the device's limit is an error that nobody throws: reads of it give zeros.
  const createBuffer = GPUDevice.prototype.createBuffer;
  let refused = 0;
  vi.spyOn(GPUDevice.prototype, 'createBuffer').mockImplementation(function (this: GPUDevice, descriptor) {
    const large = descriptor.size > 100_000 && !descriptor.mappedAtCreation;
    if (large) refused++;
    return createBuffer.call(this, large ? { ...descriptor, size: this.limits.maxBufferSize + 4 } : descriptor);
  });
  const { map } = await wholeMap(session, 'embedded', heldPixels(pixels, size));
  expect(refused).toBeGreaterThan(0);
  expect(session.info).toMatchObject({ name: 'wasm', forced: false });
  expect(notices.at(-1)).toMatch(/WASM takes over/);
  if (budget > 2e6) expect(notices[0]).toMatch(/tiles of/);
  vi.restoreAllMocks();

  const { map: expected } = await wholeMap(session, 'embedded', heldPixels(pixels, size));
  expect(map.data.some((value) => value > 0)).toBe(true);
  expect(map.data).toEqual(expected.data);
});
