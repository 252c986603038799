import { beforeEach, expect, test, vi } from 'vitest';
import { engine } from './engineClient.ts';
import { consoleHandle } from './consoleHandle.ts';
import { toImageInput } from './imageInput.ts';
import type { Analysis } from '../core/model.ts';

vi.mock('./engineClient.ts', () => ({
  engine: { analyse: vi.fn(), inspect: vi.fn(), scales: vi.fn(), cancel: vi.fn() },
}));
vi.mock('./imageInput.ts', () => ({ toImageInput: vi.fn() }));

const anysize = consoleHandle(new Promise(() => {}), () => null);
const photo = new Blob(['x']);
const calls = {
  classify: (signal: AbortSignal) => anysize.classify(photo, { head: 'none', signal }),
  inspect: (signal: AbortSignal) => anysize.inspect(photo, { signal }),
  scales: (signal: AbortSignal) => anysize.scales(photo, [224], { signal }),
};
const names = Object.keys(calls) as (keyof typeof calls)[];

beforeEach(() => {
  vi.resetAllMocks();
  vi.mocked(toImageInput).mockImplementation(async (blob, name) => ({ blob, name }));
  vi.mocked(engine.analyse).mockResolvedValue({ top: [], head: null } as unknown as Analysis);
});

test.each(names)('%s() with a signal that is aborted already is cancelled before it starts', async (name) => {
  await expect(calls[name](AbortSignal.abort())).rejects.toMatchObject({ name: 'Cancelled' });
  expect(toImageInput).not.toHaveBeenCalled();
  expect(engine[name === 'classify' ? 'analyse' : name]).not.toHaveBeenCalled();
});

test.each(names)('%s() that is aborted while an SVG is being drawn never reaches the engine', async (name) => {
  const controller = new AbortController();
  vi.mocked(toImageInput).mockImplementation(async (blob, name) => {
    controller.abort();
    return { blob, name };
  });
  await expect(calls[name](controller.signal)).rejects.toMatchObject({ name: 'Cancelled' });
  expect(engine[name === 'classify' ? 'analyse' : name]).not.toHaveBeenCalled();
});

test('aborting later cancels the task, and only while it runs', async () => {
  const controller = new AbortController();
  let finish: (analysis: Analysis) => void = () => {};
  vi.mocked(engine.analyse).mockReturnValue(new Promise((resolve) => (finish = resolve)));
  const first = anysize.classify(photo, { head: 'none', signal: controller.signal });
  await vi.waitFor(() => expect(engine.analyse).toHaveBeenCalled());
  const [task] = vi.mocked(engine.analyse).mock.calls[0]!;
  finish({ top: [], head: null } as unknown as Analysis);
  await first;
  vi.mocked(engine.analyse).mockImplementation(() => new Promise(() => {}));
  void anysize.classify(photo, { head: 'none', signal: controller.signal });
  await vi.waitFor(() => expect(engine.analyse).toHaveBeenCalledTimes(2));
  controller.abort();
  expect(vi.mocked(engine.cancel).mock.calls).toEqual([[vi.mocked(engine.analyse).mock.calls[1]![0]]]);
  expect(task).not.toBe(vi.mocked(engine.analyse).mock.calls[1]![0]);
});

test.each([{ looks: 3 }, { head: 'cat' }, { head: {} }])('refuses the options %j by name', async (options) => {
  await expect(anysize.classify(photo, options as never)).rejects.toMatchObject({ name: 'BadArgument' });
});

test('refuses what is no list of photos', async () => {
  await expect(anysize.classifyAll(undefined as never)).rejects.toMatchObject({ name: 'BadArgument' });
});
