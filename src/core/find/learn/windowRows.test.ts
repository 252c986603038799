import { describe, expect, it } from 'vitest';
import { assembleSimd } from '../../../../tools/assembleSimd.ts';
import { createRandom } from '../../random.ts';
import { BYTE_MODULE } from './byteModule.ts';
import { toBytes } from './byteModules.ts';
import { ByteStore } from './byteStore.ts';
import { ArrayRows } from './rows.ts';
import { WindowRows, WindowStore } from './windowRows.ts';

it('runs what the source says: byteModule.ts is up to date (else: npx tsx tools/buildSimd.ts)', async () => {
  expect(BYTE_MODULE).toBe((await assembleSimd('find')).base64);
});

const ENDS = [48, 96];

describe.each([true, false])('with SIMD %s', (simd) => {
  it.each([1, 3, 4, 9])('%i windows give the products of their joined vectors', async (count) => {
    const random = createRandom(count);
    const store = new WindowStore(await ByteStore.create(96, simd), ENDS);
    // Whole steps of a byte, so that the store keeps them exactly.
    const values = Array.from({ length: count }, () =>
      Float32Array.from({ length: 96 }, () => (random.integer(256) * 6) / 255),
    );
    const indices = Int32Array.from(values, (row) => store.append(toBytes(row))).reverse();
    const joined = values.toReversed().map((row) =>
      Float32Array.from(row, (value, d) => {
        const part = d < 48 ? row.subarray(0, 48) : row.subarray(48);
        return (value * Math.SQRT1_2) / Math.hypot(...part);
      }),
    );
    const centre = store.meanAndSpread(indices);
    const mean = centre.mean.map((_, d) => joined.reduce((sum, row) => sum + row[d]! / count, 0));
    const apart = joined.map((row) => row.map((value, d) => value - mean[d]!));
    const spread = Math.sqrt(apart.reduce((sum, row) => sum + Math.hypot(...row) ** 2, 0) / count);
    if (count > 1) expect(centre.spread).toBeCloseTo(spread, 5);
    const expected = new ArrayRows(
      apart.map((row) => row.map((value) => value / centre.spread)),
      96,
    );
    const rows = new WindowRows(store, indices, centre);
    const w = Float64Array.from({ length: 96 }, () => random.normal());
    const a = Float64Array.from({ length: count }, (_, i) => (i === 1 ? 0 : random.normal()));
    const near = (x: Float64Array, y: Float64Array) =>
      x.forEach((value, i) => expect(value * centre.spread).toBeCloseTo(y[i]! * centre.spread, 4));
    near(rows.times(w), expected.times(w));
    near(rows.transposedTimes(a), expected.transposedTimes(a));
  });
});
