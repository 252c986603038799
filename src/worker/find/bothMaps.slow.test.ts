import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it, vi } from 'vitest';
import { float16ToFloat32 } from '../../core/float16.ts';
import { createRandom } from '../../core/random.ts';
import { loadEmbeddedBackbone } from '../models/backbone.ts';
import { heldPixels } from '../path/pixels/pixelSource.ts';
import { MIN_TILE_PIXELS } from '../path/tiles/tiles.ts';
import type { Session } from '../session/session.ts';
import { bothMaps, type HalfMap } from './bothMaps.ts';

const PUBLIC = new URL('../../../public/', import.meta.url);

it('both maps put together from tiles are those of one piece', async () => {
  setWasmPaths(`${dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'))}/`);
  await tf.setBackend('wasm');
  vi.stubGlobal(
    'fetch',
    async (url: string) =>
      new Response(await readFile(fileURLToPath(new URL(url.slice('http://app.test/'.length), PUBLIC)))),
  );
  const embedded = await loadEmbeddedBackbone('http://app.test/');
  // 57 cells of stride 16 in 29 of stride 32: the last tile ends half a cell short.
  const size = { width: 900, height: 620 };
  const random = createRandom(1);
  const source = heldPixels(
    Float32Array.from({ length: size.width * size.height * 3 }, () => random.next()),
    size,
  );
  let pieces = 0;
  const session = (pixelBudget: number) =>
    ({
      pixelBudget,
      compute: (work: (models: unknown) => Promise<unknown>) => {
        pieces++;
        return work({ embedded });
      },
    }) as unknown as Session;
  const whole = await bothMaps(session(Infinity), size, source);
  expect(pieces).toBe(1);
  const tiled = await bothMaps(session(1.2 * MIN_TILE_PIXELS), size, source);
  expect(pieces).toBeGreaterThan(2);
  expect([whole.middle.width, whole.middle.height, whole.last.width]).toEqual([57, 39, 29]);
  const worst = (a: HalfMap, b: HalfMap) => {
    const [x, y] = [float16ToFloat32(a.data), float16ToFloat32(b.data)];
    return x.reduce((most, value, i) => Math.max(most, Math.abs(value - y[i]!)), 0);
  };
  expect(worst(whole.last, tiled.last)).toBeLessThan(0.01);
  expect(worst(whole.middle, tiled.middle)).toBeLessThan(0.01);
  embedded.dispose();
});
