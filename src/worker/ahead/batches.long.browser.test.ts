/** Photos made ready by other workers and answered in batches by a GPU in software, which takes long there. */
import { GraphModel } from '@tensorflow/tfjs-converter';
import type * as tf from '@tensorflow/tfjs-core';
import { expect, test, vi } from 'vitest';
import { AnysizeError } from '../../core/errors.ts';
import type { PyramidOptions, SizePolicy } from '../../core/model.ts';
import { DEFAULT_MAX_PIXELS } from '../../core/size/policies/native.ts';
import { Analyser, type Question } from '../classify/analyser.ts';
import { ImagePath } from '../path/imagePath.ts';
import { Session } from '../session/session.ts';
import { drawn, workers } from './aheadFixtures.ts';

const policy: SizePolicy = { kind: 'area', side: 64 };
const pyramid: PyramidOptions = { levels: [2, 1], rule: 'adaptive', pooling: 'max' };

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
  cancel.abort(new AnysizeError('Cancelled', 'not wanted'));
  const answers = await Promise.all(listed);
  expect(await Promise.all(failing)).toEqual(['UnreadableImage', 'Cancelled']);
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
