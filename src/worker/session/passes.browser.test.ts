/** Several photos through the backbone at once, on WebGPU in a real browser: the answers of each alone, whatever happens meanwhile. */
import * as tf from '@tensorflow/tfjs-core';
import { GraphModel } from '@tensorflow/tfjs-converter';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { createRandom } from '../../core/random.ts';
import type { Layer, PassInput, PassOutput } from './BackbonePasses.ts';
import { Session } from './session.ts';

const notices: string[] = [];
const session = new Session(new URL('/', location.href).href, 'webgpu', (event) => {
  if (event.type === 'notice') notices.push(event.text);
});

/** Photos in each execution of the graph model. */
let executed: number[] = [];

beforeAll(async () => void (await session.switchTo('webgpu')));
afterEach(() => vi.restoreAllMocks());

function watchExecutions(): void {
  executed = [];
  const { execute } = GraphModel.prototype;
  vi.spyOn(GraphModel.prototype, 'execute').mockImplementation(function (this: GraphModel, input, outputs) {
    executed.push((input as tf.Tensor).shape[0] ?? 0);
    return execute.call(this, input, outputs);
  });
}

/** Noise with a gradient in it, another for each seed. */
function input(seed: number, width: number, height: number, middle = true): PassInput {
  const random = createRandom(seed);
  const pixels = Float32Array.from(
    { length: width * height * 3 },
    (_, i) => (random.next() + ((i * seed) % 97) / 97) / 2,
  );
  return { backbone: 'embedded', pixels, size: { width, height }, middle };
}

async function oneByOne(inputs: readonly PassInput[]): Promise<PassOutput[]> {
  const outputs: PassOutput[] = [];
  for (const one of inputs) outputs.push(await session.passes.pass(one));
  return outputs;
}

const together = (inputs: readonly PassInput[]) => Promise.all(inputs.map((one) => session.passes.pass(one)));

/** Largest difference as a share of the largest value; NaN where they are not of one length, or nothing stands in them. */
function differs(a: Layer | null, b: Layer | null): number {
  if (!a || !b || a.data.length !== b.data.length) return Number.NaN;
  let [most, largest] = [0, 0];
  a.data.forEach((value, i) => {
    most = Math.max(most, Math.abs(value - (b.data[i] ?? Number.NaN)));
    largest = Math.max(largest, Math.abs(value));
  });
  return most / largest;
}

function expectSame(outputs: readonly PassOutput[], expected: readonly PassOutput[]): void {
  expect(outputs).toHaveLength(expected.length);
  outputs.forEach(({ last, middle }, i) => {
    expect(differs(last, expected[i]?.last ?? null)).toBeLessThanOrEqual(1e-6);
    expect(differs(middle, expected[i]?.middle ?? null)).toBeLessThanOrEqual(1e-6);
  });
}

test('photos of one size that wait go together, and each has the answer that it has alone', async () => {
  const inputs = [1, 2, 3, 4, 5, 6].map((seed) => input(seed, 96, 80));
  const other = input(7, 64, 80);
  const expected = await oneByOne([...inputs, other]);
  expect(differs(expected[0]?.last ?? null, expected[1]?.last ?? null)).toBeGreaterThan(0.1);
  const before = tf.memory().numTensors;
  watchExecutions();
  expectSame(await together([...inputs, other]), expected);
  expect(executed).toEqual([1, 1, 4, 1]);
  expect(tf.memory().numTensors).toBe(before);
});

test('the next batch is given to the GPU before the answers of the one before are there', async () => {
  watchExecutions();
  const given: number[] = [];
  const passes = [1, 2, 3].map((seed) =>
    session.passes.pass(input(seed, 64, 64)).then(() => void given.push(executed.length)),
  );
  await Promise.all(passes);
  expect(given[0]).toBeGreaterThanOrEqual(2);
});

test('what is cancelled is not waited for, and the rest of its batch has its answers', async () => {
  const inputs = [1, 2, 3, 4].map((seed) => input(seed, 64, 64));
  const expected = await oneByOne(inputs);
  const cancel = new AbortController();
  const passes = inputs.map((one, i) => session.passes.pass(one, i === 2 ? { signal: cancel.signal } : {}));
  const stopped = expect(passes[2]).rejects.toThrow('not wanted');
  await passes[0];
  cancel.abort(new Error('not wanted'));
  await stopped;
  const rest = [0, 1, 3];
  expectSame(
    await Promise.all(rest.flatMap((i) => passes[i] ?? [])),
    rest.flatMap((i) => expected[i] ?? []),
  );
});

test('a batch that the GPU has no room for is done one by one, and nobody is told of tiles', async () => {
  const inputs = [1, 2, 3, 4, 5, 6].map((seed) => input(seed, 64, 64));
  const expected = await oneByOne(inputs);
  const { createBuffer } = GPUDevice.prototype;
  let refused = 0;
  const inputBytes = 4 * 64 * 64 * 3 * 4;
  vi.spyOn(GPUDevice.prototype, 'createBuffer').mockImplementation(function (this: GPUDevice, descriptor) {
    // No layer of one photo has four times as many numbers as its input.
    const large = descriptor.size === inputBytes;
    if (large) refused++;
    if (!large) return createBuffer.call(this, descriptor);
    // tfjs files buffers under their size, and those that could not be had keep the one that was asked for.
    const buffer = createBuffer.call(this, { ...descriptor, size: this.limits.maxBufferSize + 4 });
    return Object.defineProperty(buffer, 'size', { value: descriptor.size });
  });
  watchExecutions();
  notices.length = 0;
  expectSame(await together(inputs), expected);
  expect(refused).toBeGreaterThan(0);
  expect(executed).toEqual([1, 1, 4, 1, 1, 1, 1]);
  expect(notices).toEqual([]);
  expect(session.info.name).toBe('webgpu');
});

test('a GPU that is lost with batches in flight starts again, and every photo has its answer', async () => {
  const inputs = [1, 2, 3, 4, 5].map((seed) => input(seed, 64, 64));
  const expected = await oneByOne(inputs);
  const passes = inputs.map((one) => session.passes.pass(one));
  await passes[0];
  session.loseDevice();
  expectSame(await Promise.all(passes), expected);
  expect(notices.at(-1)).toMatch(/lost and has been started again/);
  expect(notices.filter((text) => /lost/.test(text))).toHaveLength(1);
  expect(session.info.name).toBe('webgpu');
});
