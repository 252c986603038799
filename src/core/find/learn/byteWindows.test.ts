import { describe, expect, it } from 'vitest';
import { poolReference } from '../../../kernels/spp/reference.ts';
import { float16ToFloat32, float32ToFloat16 } from '../../float16.ts';
import { createRandom } from '../../random.ts';
import { partEnds } from '../finderMaps.ts';
import { WINDOW_PYRAMIDS } from '../settings.ts';
import { toBytes } from './byteModules.ts';
import { ByteWindows, type Cells } from './byteWindows.ts';

const random = createRandom(5);

function mapOf(height: number, width: number, channels: number): Cells {
  const values = Float32Array.from({ length: height * width * channels }, () => Math.max(0, random.uniform(-4, 6)));
  return { height, width, channels, data: float32ToFloat16(values) };
}

const MAPS = { last: mapOf(5, 7, 1280), middle: mapOf(10, 13, 576) };
const WINDOWS = {
  last: [
    [0, 0, 5, 7],
    [1, 2, 2, 3],
    [0, 3, 4, 5],
    [2, 0, 5, 7],
    [4, 6, 5, 7],
  ],
  middle: [
    [0, 0, 10, 13],
    [9, 12, 10, 13],
    [0, 3, 4, 5],
    [2, 0, 7, 13],
    [4, 6, 5, 11],
  ],
};

describe.each([true, false])('with SIMD %s', (simd) => {
  it.each(simd ? [...WINDOW_PYRAMIDS, [1, 3], [5, 2]] : [[3, 1]])(
    '[%j, …] pools bytes as the reference pools numbers, and scores them',
    async (...levels) => {
      const pooling = { maps: ['last', 'middle'] as ('last' | 'middle')[], levels };
      const windows = await ByteWindows.create(pooling, simd);
      const rows = pooling.maps.map((map) => WINDOWS[map]);
      // Loaded twice: a photo's maps take the place of the last photo's.
      windows.load([MAPS.last, MAPS.middle].toReversed());
      windows.load([MAPS.last, MAPS.middle]);
      const ends = partEnds(pooling);
      const size = ends[1] ?? 0;
      const models = [1, 2, 3].map(() => ({
        weights: Float32Array.from({ length: size }, () => random.normal()),
        bias: random.normal(),
      }));
      const scores = windows.scores(rows, models);
      const vectors = windows.vectors(rows);
      const expected = pooling.maps.map((map) => {
        const { height, width, channels, data } = MAPS[map];
        const attributes = {
          levels,
          rule: 'adaptive',
          pooling: 'max',
          windows: Int32Array.from(WINDOWS[map].flat()),
        } as const;
        return poolReference(float16ToFloat32(data), [height, width, channels], attributes);
      });
      vectors.forEach((vector, i) => {
        const parts = expected.map((values) => {
          const length = values.length / WINDOWS.last.length;
          return toBytes(values.subarray(i * length, (i + 1) * length));
        });
        expect(vector).toEqual(Uint8Array.from(parts.flatMap((part) => [...part])));
        const joined = parts.flatMap((part) => {
          const norm = Math.sqrt(part.reduce((sum, value) => sum + value * value, 0));
          return Array.from(part, (value) => (value * Math.SQRT1_2) / norm);
        });
        models.forEach(({ weights, bias }, m) => {
          const score = joined.reduce((sum, value, d) => sum + value * (weights[d] ?? 0), bias);
          expect(scores[m]?.[i]).toBeCloseTo(score, 4);
        });
      });
    },
  );
});

it('a window of zeros scores the bias', async () => {
  const pooling = { maps: ['last'] as 'last'[], levels: [3, 1] };
  const windows = await ByteWindows.create(pooling);
  windows.load([{ height: 2, width: 2, channels: 1280, data: new Uint16Array(4 * 1280) }]);
  const weights = new Float32Array(12_800).fill(1);
  expect(windows.scores([[[0, 0, 2, 2]]], [{ weights, bias: 0.5 }])).toEqual([Float32Array.of(0.5)]);
});
