/** Photos made ready by other workers, in a real browser: the same to the bit, and answered in batches by a GPU in software. */
import { GraphModel } from '@tensorflow/tfjs-converter';
import type * as tf from '@tensorflow/tfjs-core';
import { afterEach, expect, test, vi } from 'vitest';
import type { PyramidOptions, SizePolicy } from '../../core/model.ts';
import { DEFAULT_MAX_PIXELS } from '../../core/size/policies/native.ts';
import { Analyser, type Question } from '../classify/analyser.ts';
import { ImagePath } from '../path/imagePath.ts';
import { Picture } from '../path/Picture.ts';
import { sizedView, type View } from '../path/view.ts';
import { Session } from '../session/session.ts';
import type { ReadyPhoto } from './ready.ts';
import { startAhead } from './startAhead.ts';

const policy: SizePolicy = { kind: 'area', side: 64 };
const pyramid: PyramidOptions = { levels: [2, 1], rule: 'adaptive', pooling: 'max' };

afterEach(() => vi.restoreAllMocks());

async function drawn(seed: number, width: number, height: number, type = 'image/png'): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height);
  const drawing = canvas.getContext('2d')!;
  for (let k = 0; k < 12; k++) {
    drawing.fillStyle = `hsl(${seed * 61 + k * 37} 70% ${20 + k * 5}%)`;
    drawing.fillRect((k * 53 * seed) % width, (k * 29) % height, width / 3, height / 4);
  }
  return canvas.convertToBlob({ type });
}

function workers() {
  const ahead = startAhead();
  if (!ahead) throw new Error('this browser starts no workers from here');
  return ahead;
}

test('what another worker makes ready is what the engine would have made, to the bit', async () => {
  const augmentation = { options: { HorizontalFlip: { p: 1 } }, seed: 3 };
  const views: View[] = [{ policy }, { policy: { kind: 'warp' } }, { policy, augmentation }];
  // Large enough to be decoded smaller than it is, for the views that are not augmented.
  const image = { blob: await drawn(1, 2400, 1800, 'image/jpeg'), name: 'a.jpg' };
  const ahead = workers();
  const asked = ahead.photo({ image, views, mostPixels: 1e6, thumbnail: true, preview: true });
  const ready = await asked.ready();
  expect(ready?.views).toHaveLength(3);
  const picture = new Picture(image, {});
  for (const [i, view] of views.entries()) {
    const decoded = await picture.decoded(view, 1e6);
    const { plan, source } = sizedView(decoded, view);
    const made = ready?.views[i];
    expect(made?.plan).toEqual(plan);
    expect(made?.facts).toEqual(decoded.facts);
    expect(made?.pixels).toEqual(source.read({ x: 0, y: 0, ...source.size }));
  }
  expect(ready?.views[0]?.facts.reduction).toBeGreaterThan(1);
  picture.close();
  for (const blob of [ready?.thumbnail, ready?.preview]) expect(blob?.type).toBe('image/jpeg');

  const toEngine = async (most: number, blob: Blob): Promise<ReadyPhoto | null> =>
    ahead
      .photo({ image: { blob, name: 'b' }, views: [{ policy }], mostPixels: most, thumbnail: false, preview: false })
      .ready();
  // What comes in tiles, and what is no image, is the engine's.
  expect(await toEngine(4000, image.blob)).toBeNull();
  expect(await toEngine(1e6, new Blob(['no image']))).toBeNull();
});

test('a list is answered in batches, each photo as it is alone, and one that cannot be read fails alone', async () => {
  const session = new Session(new URL('/', location.href).href, 'webgpu', () => {});
  await session.switchTo('webgpu');
  const running = () => session;
  const options = { policy, pyramid, head: 'none' as const, maxPixels: DEFAULT_MAX_PIXELS, thumbnail: true };
  const question = (signal = new AbortController().signal): Question => ({ head: null, options, signal });
  const photos = await Promise.all([1, 2, 3, 4, 5, 6, 7].map((seed) => drawn(seed, 240, 180)));
  const image = (i: number) => ({ blob: photos[i]!, name: `${i}.png` });

  const alone = new Analyser(running, new ImagePath(running));
  const expected: Float32Array[] = [];
  for (const i of photos.keys()) expected.push((await alone.analyse(image(i), question(), null)).vector);

  const executed: number[] = [];
  const { execute } = GraphModel.prototype;
  vi.spyOn(GraphModel.prototype, 'execute').mockImplementation(function (this: GraphModel, input, outputs) {
    executed.push((input as tf.Tensor).shape[0] ?? 0);
    return execute.call(this, input, outputs);
  });
  const { createImageBitmap } = globalThis;
  let here = 0;
  vi.spyOn(globalThis, 'createImageBitmap').mockImplementation((source: ImageBitmapSource, ...more: unknown[]) => {
    if (source instanceof Blob) here++;
    return Reflect.apply(createImageBitmap, globalThis, [source, ...more]) as Promise<ImageBitmap>;
  });
  const many = new Analyser(running, new ImagePath(running, undefined, workers()));
  const cancel = new AbortController();
  const damaged = new Blob([photos[0]!.slice(0, 60)]);
  const failing = [
    many.analyse({ blob: damaged, name: 'damaged.png' }, question(), null),
    many.analyse(image(6), question(cancel.signal), null),
  ].map((one) => one.catch((error: Error) => error.name || error.message));
  const listed = photos.slice(0, 6).map((_, i) => many.analyse(image(i), question(), null));
  cancel.abort(new Error('not wanted'));
  const answers = await Promise.all(listed);
  expect(await Promise.all(failing)).toEqual(['UnreadableImage', 'Error']);
  expect(Math.max(...executed)).toBeGreaterThan(1);
  // Of seven that can be read two at most, and the damaged one as it is and with an end put to it.
  expect(here).toBeLessThanOrEqual(4);
  answers.forEach(({ vector, analysis }, i) => {
    const largest = Math.max(...vector);
    expect(largest).toBeGreaterThan(0);
    const off = vector.reduce((most, value, k) => Math.max(most, Math.abs(value - (expected[i]?.[k] ?? NaN))), 0);
    expect(off / largest).toBeLessThanOrEqual(1e-6);
    expect(analysis.thumbnail?.size).toBeGreaterThan(0);
    expect(analysis.times.decode).toBeGreaterThan(0);
    expect(analysis.times.size).toBeGreaterThan(0);
    expect(analysis.times.backbone).toBeGreaterThan(0);
  });
});
