import '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { between, cutTile, randomFrom, randomTiling, tiedMap } from './fixtures.ts';
import { runOnGpu, startGpu } from './gpuHarness.ts';
import { poolReference } from './reference.ts';
import { RunningSpp } from './runningPool.ts';

const seed = Date.now() % 1_000_000;
const random = randomFrom(seed);

beforeAll(startGpu);

it.each(Array.from({ length: 12 }, (_, i) => i))(
  `tiles on WebGPU equal the whole map: tiling %i (seed ${seed})`,
  async (i) => {
    const shape = [between(random, 4, 24), between(random, 4, 24), i % 2 ? 8 : 5] as const;
    const [height, width, channels] = shape;
    const map = tiedMap(random, shape).map((value) => value - 3);
    const rule = height % 2 === 0 && width % 2 === 0 ? 'paper' : 'adaptive';
    const tiles = randomTiling(random, height, width);
    const vector = await runOnGpu(5 * channels, () =>
      tf.tidy(() => {
        const running = new RunningSpp({ height, width, channels }, { levels: [2, 1], rule });
        for (const tile of tiles) {
          running.add(tf.tensor3d(cutTile(map, shape, tile), [tile.height, tile.width, channels]), tile, tile.valid);
        }
        const result = running.result();
        running.dispose();
        return result;
      }),
    );
    const whole = { levels: [2, 1], rule, pooling: 'max', windows: Int32Array.of(0, 0, height, width) } as const;
    expect(vector).toEqual(poolReference(map, shape, whole));
  },
);
