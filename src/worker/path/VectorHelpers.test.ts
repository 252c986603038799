import { expect, test } from 'vitest';
import { AnysizeError } from '../../core/errors.ts';
import { type MadeVectors, type VectorHelper, VectorHelpers, type VectorWork } from './VectorHelpers.ts';

const settled = () => new Promise((resolve) => setTimeout(resolve));

/** A helper whose vectors come when they are told to. */
class FakeHelper implements VectorHelper {
  readonly calls: { name: string; end: (made?: Partial<MadeVectors>) => void; fail: (error: Error) => void }[] = [];
  readonly cancelled: string[] = [];

  make(task: string, { image }: VectorWork['photo']): Promise<MadeVectors> {
    return new Promise((resolve, reject) => {
      const vectors = [Float32Array.of(7)];
      const end = (made: Partial<MadeVectors> = {}) => resolve({ backend: 'wasm', vectors, ...made });
      this.calls.push({ name: `${image.name} ${task.replace(/\d+/, '')}`, end, fail: reject });
    });
  }

  cancel(task: string): void {
    this.cancelled.push(task);
    this.calls.at(-1)?.fail(new AnysizeError('Cancelled', 'Ended.'));
  }
}

/** What is made here is 1, what a helper makes is 7. */
function setUp() {
  const helpers = new VectorHelpers();
  const helper = new FakeHelper();
  const here: string[] = [];
  const taken: string[] = [];
  let finish: () => void = () => {};
  const made = (name: string, signal = new AbortController().signal) =>
    helpers.make(
      {
        photo: { hash: name, image: { blob: new Blob(), name } },
        views: [{ policy: { kind: 'area', side: 300 } }],
        kind: { kind: 'anysize', sides: [300] },
        backend: 'wasm',
        here: async () => {
          here.push(name);
          await new Promise<void>((resolve) => (finish = resolve));
          return [Float32Array.of(1)];
        },
        take: () => taken.push(name),
      },
      signal,
    );
  return { helpers, helper, here, taken, made, finish: () => finish() };
}

test('whoever has the least to do makes them, this engine where it is the same', async () => {
  const { helpers, helper, here, taken, made, finish } = setUp();
  helpers.add('one', helper);
  const [a, b] = [made('a'), made('b')];
  await settled();
  expect(here).toEqual(['a']);
  expect(helper.calls.map(({ name }) => name)).toEqual(['b vectors-']);
  helper.calls[0]?.end();
  expect([...((await b)[0] ?? [])]).toEqual([7]);
  expect(taken).toEqual(['b']);
  finish();
  expect([...((await a)[0] ?? [])]).toEqual([1]);
});

test('what a helper was at when it was gone is made here, and so is what another backend gave', async () => {
  const { helpers, helper, here, taken, made, finish } = setUp();
  helpers.add('one', helper);
  void made('a');
  const b = made('b');
  await settled();
  helpers.remove('one');
  await settled();
  expect(here).toEqual(['a', 'b']);
  expect(helpers.count).toBe(0);
  finish();
  await b;
  helpers.add('two', helper);
  void made('c');
  await settled();
  helper.calls.at(-1)?.end({ backend: 'webgpu' });
  await settled();
  expect(here).toEqual(['a', 'b', 'c']);
  expect(taken).toEqual([]);
});

test('an error of the photo keeps its name; any other is met again here', async () => {
  const { helpers, helper, here, made } = setUp();
  helpers.add('one', helper);
  void made('a');
  const b = made('b');
  await settled();
  helper.calls[0]?.fail(Object.assign(new Error('b is empty'), { name: 'UnreadableImage' }));
  await expect(b).rejects.toEqual(new AnysizeError('UnreadableImage', 'b is empty'));
  await expect(b).rejects.toBeInstanceOf(AnysizeError);
  void made('c');
  await settled();
  helper.calls[1]?.fail(Object.assign(new Error('full'), { name: 'OutOfMemory' }));
  await settled();
  expect(here).toEqual(['a', 'c']);
});

test('cancelling reaches the helper', async () => {
  const { helpers, helper, here, made } = setUp();
  helpers.add('one', helper);
  void made('a');
  const controller = new AbortController();
  const b = made('b', controller.signal);
  await settled();
  controller.abort(new AnysizeError('Cancelled', 'Cancelled.'));
  await expect(b).rejects.toThrow('Cancelled.');
  expect(helper.cancelled).toHaveLength(1);
  expect(here).toEqual(['a']);
});
