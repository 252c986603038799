import '@tensorflow/tfjs-backend-cpu';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { float16ToFloat32, float32ToFloat16 } from '../../core/float16.ts';
import { partEnds } from '../../core/find/finderMaps.ts';
import type { Box } from '../../core/find/boxes.ts';
import { createRandom } from '../../core/random.ts';
import { poolReference } from '../../kernels/spp/reference.ts';
import type { Session } from '../session/session.ts';
import type { HalfMap, PhotoMaps } from './bothMaps.ts';
import { boxEvidence } from './boxEvidence.ts';
import { packMaps, unpackMaps } from './mapFiles.ts';
import { placeWindows, windowScores, windowVectors } from './windows.ts';

const random = createRandom(5);
const session = {
  compute: (work: (models: null, info: { name: string }) => Promise<unknown>) => work(null, { name: tf.getBackend() }),
} as unknown as Session;
const pooling = { maps: ['last', 'middle'], levels: [3, 1] } as const;
const settings = { maps: [...pooling.maps], levels: [...pooling.levels] };

function mapOf(height: number, width: number, channels: number): HalfMap {
  const values = Float32Array.from({ length: height * width * channels }, () => Math.max(0, random.uniform(-4, 6)));
  return { height, width, channels, data: float32ToFloat16(values) };
}

const photo: PhotoMaps = {
  photo: { width: 400, height: 300 },
  input: { width: 200, height: 150 },
  last: mapOf(5, 7, 1280),
  middle: mapOf(10, 13, 576),
};
const boxes = Array.from({ length: 12 }, (): Box => {
  const [x, y] = [random.uniform(0, 300), random.uniform(0, 200)];
  return [x, y, x + random.uniform(10, 100), y + random.uniform(10, 100)];
});
const size = partEnds(settings)[1] as number;

beforeAll(() => setWasmPaths(`${dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'))}/`));

it('windows that share their cells on both maps are one', () => {
  const twice = [...boxes, ...boxes.map(([a, b, c, d]): Box => [a + 1e-6, b, c, d])];
  const { rows, windowOf } = placeWindows(twice, photo, settings.maps);
  expect(windowOf.slice(0, boxes.length)).toEqual(windowOf.slice(boxes.length));
  expect(rows.map((ofMap) => ofMap.length)).toEqual([rows[0]!.length, rows[0]!.length]);
  expect(new Set(rows[0]!.map((row, i) => [...row, ...rows[1]![i]!].join())).size).toBe(rows[0]!.length);
  expect(size).toBe(18_560);
});

describe.each(['wasm', 'cpu'])('on %s', (backend) => {
  beforeAll(async () => void (await tf.setBackend(backend)));

  it('vectors are both maps pooled, scores their inner products at unit length, and nothing is left behind', async () => {
    const before = tf.memory().numTensors;
    const vectors = await windowVectors(session, photo, boxes, settings);
    const models = [1, 2].map(() => ({
      weights: Float32Array.from({ length: size }, () => random.normal()),
      bias: random.normal(),
    }));
    const scores = await windowScores(session, photo, boxes, models, settings);
    const { rows, windowOf } = placeWindows(boxes, photo, settings.maps);
    const expected = settings.maps.map((name, map) => {
      const { height, width, channels, data } = photo[name];
      const windows = Int32Array.from(rows[map]!.flat());
      const attributes = { levels: settings.levels, rule: 'adaptive', pooling: 'max', windows } as const;
      return poolReference(float16ToFloat32(data), [height, width, channels], attributes);
    });
    for (const [i, vector] of vectors.entries()) {
      const parts = expected.map((values) => {
        const length = values.length / rows[0]!.length;
        return values.subarray(windowOf[i]! * length, (windowOf[i]! + 1) * length);
      });
      expect(vector).toEqual(Float32Array.from(parts.flatMap((part) => [...part])));
      const joined = parts.flatMap((part) => {
        const norm = Math.sqrt(part.reduce((sum, value) => sum + value * value, 0));
        return Array.from(part, (value) => (value * Math.SQRT1_2) / norm);
      });
      models.forEach(({ weights, bias }, k) => {
        const score = joined.reduce((sum, value, d) => sum + value * weights[d]!, bias);
        expect(scores[k]![i]).toBeCloseTo(score, 4);
      });
    }
    expect(tf.memory().numTensors).toBe(before);
  });

  it("a box's bins and the bias are its score", async () => {
    const weights = Float32Array.from({ length: size }, () => random.normal());
    const one = { name: 'cat', weights, bias: 0.3, regressor: null, platt: { slope: 1, offset: 0 }, threshold: 0 };
    const [box] = boxes;
    const evidence = await boxEvidence(session, photo, box!, one, 0, { ...settings } as never);
    const [scores] = await windowScores(session, photo, [box!], [one], settings);
    expect(evidence.score).toBeCloseTo(scores![0]!, 4);
    expect(evidence.maps.map(({ bins }) => bins.length)).toEqual([10, 10]);
    const sum = evidence.maps.flatMap(({ bins }) => bins).reduce((all, bin) => all + bin.evidence, 0);
    expect(sum + evidence.bias).toBeCloseTo(evidence.score, 6);
  });
});

it('maps come back from their file as they were; what is no such file is nothing', () => {
  const packed = packMaps(photo);
  expect(unpackMaps(packed)).toEqual(photo);
  expect(unpackMaps(packed.slice(0, packed.length - 5))).toBeNull();
  expect(unpackMaps(new Float32Array(3))).toBeNull();
});
