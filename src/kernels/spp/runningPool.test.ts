import '@tensorflow/tfjs-backend-cpu';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { between, cutTile, randomFrom, randomTiling, tiedMap } from './fixtures.ts';
import { RunningSpp } from './runningPool.ts';
import { spp } from './spp.ts';

const seed = Date.now() % 1_000_000;

beforeAll(() => {
  const entry = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm');
  setWasmPaths(`${dirname(entry)}/`);
});

describe.each(['cpu', 'wasm'])('in tiles on %s', (backend) => {
  const random = randomFrom(seed);

  it.each(Array.from({ length: 30 }, (_, i) => i))(
    `equals spp() of the whole map: tiling %i (seed ${seed})`,
    async (i) => {
      await tf.setBackend(backend);
      const shape = [between(random, 1, 20), between(random, 1, 20), between(random, 1, 6)] as const;
      const [height, width, channels] = shape;
      const values = tiedMap(random, shape).map((value) => value - 3);
      const pooling = i % 3 === 2 ? 'mean' : 'max';
      const options = { levels: [4, 3, 1], rule: 'adaptive', pooling } as const;
      const before = tf.memory().numTensors;
      const running = new RunningSpp({ height, width, channels }, options);
      for (const tile of randomTiling(random, height, width)) {
        const cells = tf.tensor3d(cutTile(values, shape, tile), [tile.height, tile.width, channels]);
        running.add(cells, tile, tile.valid);
        cells.dispose();
      }
      const [tiled, whole] = [running.result(), spp(tf.tensor3d(values, [...shape]), options)];
      expect(tiled.shape).toEqual(whole.shape);
      const expected = whole.dataSync();
      if (pooling === 'max') expect(tiled.dataSync()).toEqual(expected);
      else tiled.dataSync().forEach((value, k) => expect(value).toBeCloseTo(expected[k] as number, 5));
      running.dispose();
      expect(tf.memory().numTensors).toBe(before + 3);
    },
  );
});

describe('refusals', () => {
  const options = { levels: [2, 1], rule: 'adaptive' } as const;
  const tile = () => tf.ones<tf.Rank.R3>([2, 3, 1]);

  it('an answer while cells are missing', () => {
    const running = new RunningSpp({ height: 4, width: 3, channels: 1 }, options);
    running.add(tile(), { top: 0, left: 0 });
    expect(() => running.result()).toThrow('6 cells of the map have not come yet');
    running.add(tile(), { top: 2, left: 0 });
    expect(running.result().arraySync()).toEqual([[1, 1, 1, 1, 1]]);
  });

  it('a tile that does not fit', () => {
    const running = new RunningSpp({ height: 4, width: 3, channels: 1 }, options);
    expect(() => running.add(tile(), { top: 3, left: 0 })).toThrow('reaches outside the map');
    expect(() => running.add(tf.ones([2, 3, 2]), { top: 0, left: 0 })).toThrow('has 2 channels');
    expect(() => running.add(tile(), { top: 0, left: 0 }, { top: 0, left: 0, bottom: 3, right: 3 })).toThrow(
      'outside its own',
    );
    expect(() => running.add(tile(), { top: 0.5, left: 0 })).toThrow('not of whole cells');
    expect(() => new RunningSpp({ height: 0, width: 3, channels: 1 }, options)).toThrow('at least one cell');
  });

  it('the same cells twice for a mean, not for a maximum', () => {
    const mean = new RunningSpp({ height: 2, width: 3, channels: 1 }, { ...options, pooling: 'mean' });
    mean.add(tile(), { top: 0, left: 0 });
    expect(() => mean.add(tile(), { top: 0, left: 0 })).toThrow('repeats cells');
    const max = new RunningSpp({ height: 2, width: 3, channels: 1 }, options);
    max.add(tile(), { top: 0, left: 0 });
    max.add(tile(), { top: 0, left: 0 });
    expect(max.result().size).toBe(5);
  });
});
