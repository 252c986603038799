/** Photos of a list on a GPU: made ready elsewhere, computed together, each with its own fate. */
import { expect, test } from 'vitest';
import { Ahead, type AheadWorker } from '../ahead/Ahead.ts';
import { type ReadyPhoto, type ReadyRequest, viewKey } from '../ahead/ready.ts';
import type { ImageInput, SizePolicy } from '../../core/model.ts';
import { Batches } from '../../core/tasks/Batches.ts';
import type { PassInput, PassOutput } from '../session/BackbonePasses.ts';
import type { Session } from '../session/session.ts';
import { ImagePath } from './imagePath.ts';

const SIDE = 32;
const policy: SizePolicy = { kind: 'area', side: SIDE };
const view = { policy };
const settle = () => new Promise<void>((resolve) => void setTimeout(resolve, 5));

/** A photo whose pixels are all its number. */
function ready({ image, views }: ReadyRequest): ReadyPhoto {
  const size = { width: SIDE, height: SIDE };
  const made = views.map((one) => ({
    key: viewKey(one),
    facts: { ...size, format: 'PNG', bytes: 1 },
    plan: { policy, source: { x: 0, y: 0, ...size }, input: size },
    pixels: new Float32Array(SIDE * SIDE * 3).fill(Number(image.name)),
    milliseconds: 3,
  }));
  return { views: made, thumbnail: new Blob([image.name]), preview: null, decode: 7 };
}

function setUp(name: 'webgpu' | 'wasm' = 'webgpu') {
  const batches: number[][] = [];
  const ended: (() => void)[] = [];
  const run = async (inputs: readonly PassInput[]): Promise<PassOutput[]> => {
    batches.push(inputs.map(({ pixels }) => pixels[0] ?? Number.NaN));
    await new Promise<void>((resolve) => void ended.push(resolve));
    // Number 4 is more than this GPU can bear.
    if (inputs.some(({ pixels }) => pixels[0] === 4)) throw new Error('it cannot be computed');
    return inputs.map(({ pixels }) => ({
      last: { width: 1, height: 1, data: new Float32Array(1280).fill(pixels[0] ?? Number.NaN) },
      middle: null,
      milliseconds: 11,
    }));
  };
  const passes = new Batches<PassInput, PassOutput>({ keyOf: () => '', most: () => 8, depth: 2, run });
  const session = {
    info: { name },
    onGpu: name === 'webgpu',
    pixelBudget: 1e6,
    passes: { pass: passes.add.bind(passes) },
  } as unknown as Session;
  const asked: string[] = [];
  const worker: AheadWorker = {
    make: async (_, request) => {
      asked.push(request.image.name);
      return ready(request);
    },
    cancel: () => {},
    gone: new Promise(() => {}),
    end: () => {},
  };
  const path = new ImagePath(() => session, undefined, new Ahead({ start: () => worker, most: 1 }));
  const image = (nth: number): ImageInput => ({ blob: new Blob(), name: String(nth) });
  /** Photos that are on the path, and stay there. */
  const hold = (count: number) => {
    for (let i = 0; i < count; i++) void path.open(image(90 + i), {}, () => new Promise(() => {}));
  };
  const answer = (nth: number, signal?: AbortSignal) => {
    const times = { decode: 0, size: 0, backbone: 0, spp: 0, head: 0, total: 0 };
    const wanted = { views: [view], thumbnail: true, preview: false };
    return path
      .open(image(nth), { ready: wanted, times, signal }, async (opened) => {
        const { reader, thumbnail } = await opened.view(view, { backbone: 'embedded', thumbnail: true });
        return { value: reader.map?.data[0], thumbnail: await thumbnail?.text(), times };
      })
      .catch((error: Error) => error.message);
  };
  const endAll = async () => {
    while (ended.length > 0) {
      ended.shift()?.();
      await settle();
    }
  };
  return { path, batches, asked, hold, answer, endAll };
}

test('photos of a list are made ready by workers and go together; each has its own answer, pictures and times', async () => {
  const { batches, asked, hold, answer, endAll } = setUp();
  hold(2);
  const answers = [1, 2, 3, 5, 6].map((nth) => answer(nth));
  await settle();
  expect(asked).toEqual(['1', '2', '3', '5', '6']);
  await endAll();
  expect(batches).toEqual([[1], [2], [3, 5, 6]]);
  for (const [i, nth] of [1, 2, 3, 5, 6].entries()) {
    const times = { decode: 7, backbone: 11 };
    expect(await answers[i]).toMatchObject({ value: nth, thumbnail: String(nth), times });
  }
});

test('one that fails in a batch fails alone, and one that is cancelled is not waited for', async () => {
  const { batches, hold, answer, endAll } = setUp();
  hold(2);
  const cancel = new AbortController();
  const answers = [1, 2, 3, 4].map((nth) => answer(nth));
  const cancelled = answer(5, cancel.signal);
  const last = answer(6);
  await settle();
  cancel.abort(new Error('not wanted'));
  expect(await cancelled).toBe('not wanted');
  await endAll();
  expect(batches).toEqual([[1], [2], [3, 4, 6], [3], [4], [6]]);
  expect(await answers[3]).toBe('it cannot be computed');
  for (const one of [answers[0], answers[1], answers[2], last]) expect(await one).toMatchObject({ thumbnail: /\d/ });
});

test('a single photo, and one on WASM, waits for no worker', async () => {
  for (const [name, held] of [
    ['webgpu', 1],
    ['wasm', 3],
  ] as const) {
    const { asked, hold, answer } = setUp(name);
    hold(held);
    // It is decoded here, where there is nothing to decode with.
    expect(typeof (await answer(1))).toBe('string');
    expect(asked).toEqual([]);
  }
});
