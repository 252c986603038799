import '@tensorflow/tfjs-backend-cpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import wasmPlain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import wasmSimd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import wasmThreads from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import '@tensorflow/tfjs-backend-webgpu';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { toChannelMajor } from '../../core/pyramid/flatten.ts';
import { binCount, RuleError } from '../../core/pyramid/geometry.ts';
import { SppArgmaxProgram } from './argmaxProgram.ts';
import type { MapShape, SppAttributes } from './attributes.ts';
import { between, goldenCases, notNesting, randomCase, randomFrom, tiedMap } from './fixtures.ts';
import { runOnGpu, startGpu } from './gpuHarness.ts';
import { makePlan } from './plan.ts';
import { SppPoolProgram } from './poolProgram.ts';
import { argmaxReference, gradientReference, poolReference } from './reference.ts';
import { spp, sppWithArgmax, type SppOptions } from './spp.ts';

const seed = Date.now() % 1_000_000;

beforeEach(startGpu);

const lengthOf = ([, , channels]: MapShape, { levels, windows }: SppAttributes) =>
  (windows.length / 4) * binCount(levels) * channels;

/** Values, argmax and gradient on the GPU, each equal to the reference's. */
async function agree(
  shape: MapShape,
  map: Float32Array,
  attributes: SppAttributes,
  options: SppOptions,
  dy: Float32Array,
) {
  const tensor = tf.tensor3d(map, [...shape]);
  const elements = lengthOf(shape, attributes);
  const rows = attributes.windows.length / 4;
  expect(await runOnGpu(elements, () => spp(tensor, options))).toEqual(poolReference(map, shape, attributes));
  if (attributes.pooling === 'max') {
    const argmax = await runOnGpu(elements, () => tf.tidy(() => sppWithArgmax(tensor, options).argmax));
    expect(argmax).toEqual(argmaxReference(map, shape, attributes));
  }
  const gradient = await runOnGpu(map.length, () =>
    tf.tidy(() => tf.grad((x) => spp(x as tf.Tensor3D, options))(tensor, tf.tensor2d(dy, [rows, elements / rows]))),
  );
  expect(gradient).toEqual(gradientReference(dy, map, shape, attributes));
  tensor.dispose();
}

describe('on WebGPU', () => {
  it.each(goldenCases)('equals PyTorch: $name', async ({ shape, levels, rule, input, output }) => {
    const map = tf.tensor3d(input, [...shape]);
    const run = () => spp(map, { levels, rule, pooling: 'max' });
    if (!output) {
      expect(run).toThrow(RuleError);
      return;
    }
    const vector = (await runOnGpu(output.length, run)) as Float32Array;
    expect([...toChannelMajor(vector, levels, shape[2])]).toEqual(output);
  });

  const random = randomFrom(seed);
  const cases = Array.from({ length: 200 }, () => randomCase(random));

  // In blocks of 20: a browser test has its own price.
  it.each(Array.from({ length: 10 }, (_, i) => i))(
    `agrees with the reference, block %i (seed ${seed})`,
    async (block) => {
      for (const { name, shape, map, attributes, windows } of cases.slice(block * 20, block * 20 + 20)) {
        const { levels, rule, pooling } = attributes;
        const dy = Float32Array.from({ length: lengthOf(shape, attributes) }, () => between(random, -9, 9));
        await agree(shape, map, attributes, { levels, rule, pooling, windows }, dy).catch((error: unknown) => {
          throw new Error(`${name}: ${String(error)}`);
        });
      }
    },
  );

  it.each([
    { shape: [9, 13, 8], levels: [4, 2, 1], rule: 'adaptive' },
    { shape: [9, 13, 7], levels: [4, 2, 1], rule: 'paper' },
    { shape: [1, 1, 3], levels: [16, 8, 1], rule: 'adaptive' },
    { shape: [20, 31, 12], levels: [6, 3, 2, 1], rule: 'adaptive' },
    { shape: [17, 18, 4], levels: [16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1], rule: 'adaptive' },
  ] as const)('agrees on a map full of ties: $shape $levels $rule', async ({ shape, levels, rule }) => {
    const ties = randomFrom(seed + 1);
    const [height, width] = shape;
    const attributes: SppAttributes = { levels, rule, pooling: 'max', windows: Int32Array.of(0, 0, height, width) };
    const dy = Float32Array.from({ length: lengthOf(shape, attributes) }, () => ties() - 0.5);
    await agree(shape, tiedMap(ties, shape), attributes, { levels, rule, pooling: 'max' }, dy);
  });

  // The op picks the shape by the adapter, so the one for hardware never runs here unless it is asked for.
  it.each([
    { channels: 8, bins: 16, cells: [9, 13, 40] },
    { channels: 32, bins: 4, cells: [9, 13, 37] },
    { channels: 32, bins: 1, cells: [9, 13, 40] },
  ] as const)('agrees in workgroups of $channels × $bins', async ({ cells, ...workgroup }) => {
    const ties = randomFrom(seed + 5);
    const map = tiedMap(ties, cells);
    const windows = Int32Array.of(0, 0, 9, 13, 2, 3, 7, 12);
    const attributes = { levels: [6, 4, 3, 2, 1], rule: 'adaptive', pooling: 'max', windows } as const;
    const plan = makePlan(attributes);
    const backend = tf.backend() as WebGPUBackend;
    const inputs = [tf.tensor3d(map, [...cells]), tf.tensor1d(plan.table, 'int32')];
    const run = (program: SppPoolProgram | SppArgmaxProgram, dtype: 'float32' | 'int32') =>
      runOnGpu(lengthOf(cells, attributes), () =>
        tf
          .engine()
          .makeTensorFromTensorInfo(backend.runWebGPUProgram(program, inputs, dtype, program.uniformData(plan))),
      );
    const pooled = await run(new SppPoolProgram({ attributes, map: cells, plan, workgroup }), 'float32');
    expect(pooled).toEqual(poolReference(map, cells, attributes));
    const argmax = await run(new SppArgmaxProgram({ attributes, map: cells, plan, workgroup }), 'int32');
    expect(argmax).toEqual(argmaxReference(map, cells, attributes));
  });

  it('does not take a paper level from a finer one that does not nest', async () => {
    const { shape, attributes, map } = notNesting;
    const dy = Float32Array.from({ length: lengthOf(shape, attributes) }, (_, i) => i % 7);
    await agree(shape, map, attributes, { levels: attributes.levels, rule: 'paper', pooling: 'max' }, dy);
  });

  it('lets NaN win, as the reference does', async () => {
    const map = Float32Array.from([1, NaN, 7, NaN, 2, 3, 4, 5, 6, 1, 1, 1, 0, 0, 0, 9]);
    for (const shape of [
      [4, 4, 1],
      [2, 2, 4],
    ] as const) {
      const attributes = {
        levels: [2, 1],
        rule: 'adaptive',
        pooling: 'max',
        windows: Int32Array.of(0, 0, shape[0], shape[1]),
      } as const;
      const tensor = tf.tensor3d(map, [...shape]);
      const elements = lengthOf(shape, attributes);
      const options = { levels: [2, 1], rule: 'adaptive', pooling: 'max' } as const;
      expect(await runOnGpu(elements, () => spp(tensor, options))).toEqual(poolReference(map, shape, attributes));
      const argmax = await runOnGpu(elements, () => tf.tidy(() => sppWithArgmax(tensor, options).argmax));
      expect(argmax).toEqual(argmaxReference(map, shape, attributes));
    }
  });

  it('means of many cells stay within single precision', async () => {
    const fractions = randomFrom(seed + 2);
    const shape = [60, 80, 4] as const;
    const map = Float32Array.from({ length: 60 * 80 * 4 }, () => 6 * fractions());
    const attributes = {
      levels: [2, 1],
      rule: 'adaptive',
      pooling: 'mean',
      windows: Int32Array.of(0, 0, 60, 80),
    } as const;
    const expected = poolReference(map, shape, attributes);
    const tensor = tf.tensor3d(map, [...shape]);
    const values = await runOnGpu(20, () => spp(tensor, { levels: [2, 1], rule: 'adaptive', pooling: 'mean' }));
    values.forEach((value, i) => expect(Math.abs(value / (expected[i] as number) - 1)).toBeLessThan(2e-6));
  });

  it('pools more windows than one dimension of a dispatch holds', async () => {
    const places = randomFrom(seed + 3);
    // 4,096 windows × 17 blocks of channels = 69,632 workgroups; a dimension takes 65,535.
    const shape = [3, 3, 16 * 32 + 1] as const;
    const rows = Array.from({ length: 4096 }, () => {
      const [top, left] = [between(places, 0, 2), between(places, 0, 2)];
      return [top, left, between(places, top + 1, 3), between(places, left + 1, 3)];
    });
    const map = tiedMap(places, shape);
    const attributes = {
      levels: [1],
      rule: 'adaptive',
      pooling: 'max',
      windows: Int32Array.from(rows.flat()),
    } as const;
    const tensor = tf.tensor3d(map, [...shape]);
    const options = { levels: [1], rule: 'adaptive', pooling: 'max', windows: rows } as const;
    const values = await runOnGpu(4096 * 513, () => spp(tensor, options));
    expect(values).toEqual(poolReference(map, shape, attributes));
  });

  it('keeps nothing on the device but its answers', async () => {
    const backend = tf.backend() as WebGPUBackend;
    const map = tf.ones<tf.Rank.R3>([6, 7, 4]);
    const options = { levels: [3, 1], rule: 'adaptive', pooling: 'max' } as const;
    const useAll = async () => {
      const out = tf.tidy(() => [
        spp(map, { ...options, windows: [[0, 0, 2, 2]] }),
        ...Object.values(sppWithArgmax(map, options)),
        tf.grad((x) => spp(x as tf.Tensor3D, options))(map),
      ]);
      await Promise.all(out.map((tensor) => tensor.data()));
      tf.dispose(out);
    };
    await useAll();
    const before = {
      tensors: tf.memory().numTensors,
      data: backend.numDataIds(),
      used: backend.bufferManager.getNumUsedBuffers(),
    };
    for (let i = 0; i < 5; i++) await useAll();
    expect({
      tensors: tf.memory().numTensors,
      data: backend.numDataIds(),
      used: backend.bufferManager.getNumUsedBuffers(),
    }).toEqual(before);
  });

  it('refuses an answer over the limits of the device', () => {
    const { device } = tf.backend() as WebGPUBackend;
    const map = tf.ones<tf.Rank.R3>([1, 1, 2048]);
    const rows = Math.floor(device.limits.maxStorageBufferBindingSize / (1496 * 2048 * 4)) + 1;
    const levels = Array.from({ length: 16 }, (_, i) => 16 - i);
    const windows = Array.from({ length: rows }, () => [0, 0, 1, 1]);
    expect(() => spp(map, { levels, rule: 'adaptive', pooling: 'max', windows })).toThrow('this GPU binds at most');
  });
});

describe('the same op on wasm in the browser', () => {
  it('equals WebGPU', async () => {
    const random = randomFrom(seed + 4);
    const map = tiedMap(random, [7, 9, 6]);
    const options = { levels: [4, 2, 1], rule: 'adaptive', pooling: 'max' } as const;
    const onGpu = await runOnGpu(21 * 6, () => tf.tidy(() => spp(tf.tensor3d(map, [7, 9, 6]), options)));
    setWasmPaths({
      'tfjs-backend-wasm.wasm': wasmPlain,
      'tfjs-backend-wasm-simd.wasm': wasmSimd,
      'tfjs-backend-wasm-threaded-simd.wasm': wasmThreads,
    });
    expect(await tf.setBackend('wasm')).toBe(true);
    expect(spp(tf.tensor3d(map, [7, 9, 6]), options).dataSync()).toEqual(onGpu);
  });
});

describe('the harness', () => {
  const attributes = { levels: [2, 1], rule: 'adaptive', pooling: 'max', windows: Int32Array.of(0, 0, 4, 4) } as const;
  const shape = [4, 4, 3] as const;

  function runBroken(key: string, breakCode: (code: string) => string): Promise<tf.TypedArray> {
    const plan = makePlan(attributes);
    const program = new SppPoolProgram({ attributes, map: shape, plan, workgroup: { channels: 4, bins: 2 } });
    const broken: SppPoolProgram = Object.assign(Object.create(program) as SppPoolProgram, {
      shaderKey: key,
      workgroupSize: program.workgroupSize,
      getUserCode: () => breakCode(program.getUserCode()),
    });
    const backend = tf.backend() as WebGPUBackend;
    const inputs = [tf.ones([...shape]), tf.tensor1d(plan.table, 'int32')];
    return runOnGpu(15, () => {
      const out = backend.runWebGPUProgram(broken, inputs, 'float32', program.uniformData(plan));
      return tf.engine().makeTensorFromTensorInfo(out);
    });
  }

  it('passes the same program unbroken', async () => {
    expect([...(await runBroken('unbroken', (code) => code))]).toEqual(Array(15).fill(1));
  });

  it('reports a shader that does not compile', async () => {
    await expect(runBroken('not_wgsl', (code) => code.replace('storageBarrier();', 'storageBarrier('))).rejects.toThrow(
      /validation|uncaptured/,
    );
  });

  it('reports a binding that nothing reads', async () => {
    await expect(runBroken('unread', () => 'fn main(index : i32) { result[index] = 1.0; }')).rejects.toThrow(
      /validation/,
    );
  });

  it('reports values that were never written', async () => {
    const skip = (code: string) => code.replace('result[base + plan[item * 4 + 3] * uniforms.lanes] = best;', '');
    await expect(runBroken('unwritten', skip)).rejects.toThrow('left values unwritten');
  });
});
