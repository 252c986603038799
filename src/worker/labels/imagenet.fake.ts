/** For tests: a model with the official one's names and shapes and none of its numbers, and a network that serves it. */
import { vi } from 'vitest';

/** Two shards: uint8 keeps the 1280×1001 layer small. */
const WEIGHTS = [
  {
    name: 'logits/weights',
    shape: [1, 1, 1280, 1001],
    dtype: 'float32',
    quantization: { dtype: 'uint8', min: 0, scale: 1 },
  },
  { name: 'logits/bias', shape: [1001], dtype: 'float32' },
];
const TOTAL = 1280 * 1001 + 4 * 1001;
const FIRST = 1_000_000;

export const fakeModel = {
  format: 'graph-model',
  modelTopology: {
    node: [
      { name: 'images', op: 'Placeholder', attr: {} },
      { name: 'module_apply_default/MobilenetV2/Conv_1/Relu6', op: 'Relu6', attr: {} },
    ],
  },
  weightsManifest: [{ paths: ['a.bin', 'b.bin'], weights: WEIGHTS }],
};

const FILES: Record<string, () => BodyInit> = {
  'model.json': () => JSON.stringify(fakeModel),
  'a.bin': () => new Uint8Array(FIRST),
  'b.bin': () => new Uint8Array(TOTAL - FIRST),
};

/** The fake model's file of that name, as a server would send it. */
export function fakeFile(name: string): Response {
  const body = FILES[name];
  return body ? new Response(body()) : new Response('', { status: 404 });
}

export function fakePickedFiles(...names: string[]): File[] {
  return names.map((name) => new File([FILES[name]!() as BlobPart], name));
}

type Answer = (name: string, url: URL, init: RequestInit | undefined) => Response | Promise<Response>;

/** Replaces `fetch`: answers by host, 404 for hosts without an answer; returns the requests made, in order. */
export function stubNetwork(hosts: Record<string, Answer>): string[] {
  const requests: string[] = [];
  vi.stubGlobal('fetch', async (input: string, init?: RequestInit) => {
    const url = new URL(input);
    requests.push(url.href);
    const name = url.pathname.slice(url.pathname.lastIndexOf('/') + 1);
    return hosts[url.host]?.(name, url, init) ?? new Response('', { status: 404 });
  });
  return requests;
}

/** Replaces `caches` by one in memory that outlives module reloads, as the browser's does. */
export function stubCaches(): Map<string, Map<string, Response>> {
  const stores = new Map<string, Map<string, Response>>();
  vi.stubGlobal('caches', {
    keys: async () => [...stores.keys()],
    delete: async (name: string) => stores.delete(name),
    open: async (name: string) => {
      const store = stores.get(name) ?? new Map<string, Response>();
      stores.set(name, store);
      return {
        match: async (url: string) => store.get(url)?.clone(),
        put: async (url: string, response: Response) => void store.set(url, response),
        delete: async (url: string) => store.delete(url),
      };
    },
  });
  return stores;
}
