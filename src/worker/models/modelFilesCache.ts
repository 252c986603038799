import { joinModel, type ModelFiles, parseModelJson } from './modelFiles.ts';

const PREFIX = 'anysize-models-';
/** The number goes up when what is stored changes form; older caches are then deleted. */
const NAME = `${PREFIX}v1`;

/** The model stored or read last, so that building it again needs no Cache API (plain http has none). */
let latest: { url: string; files: ModelFiles } | null = null;

/** A cache is a convenience: where it is missing (plain http), denied or full, everything works without it. */
async function quietly<T>(action: () => Promise<T>): Promise<T | null> {
  try {
    return await action();
  } catch {
    return null;
  }
}

function weightsKey(url: string): string {
  const key = new URL(url);
  key.searchParams.set('anysize', 'weights');
  return key.href;
}

/** A model stored under its address, by this visit or an earlier one, or null. A damaged entry is deleted and counts as none. */
export async function readCachedModel(url: string): Promise<ModelFiles | null> {
  if (latest?.url === url) return latest.files;
  const cache = await quietly(() => caches.open(NAME));
  if (!cache) return null;
  const found = await quietly(async () => {
    const [json, weights] = await Promise.all([cache.match(url), cache.match(weightsKey(url))]);
    return json && weights ? { json: await json.text(), weights: await weights.arrayBuffer() } : null;
  });
  if (!found) return null;
  const model = await quietly(async () =>
    joinModel(parseModelJson(found.json, url), [new Uint8Array(found.weights)], url),
  );
  if (model) latest = { url, files: model };
  else await forgetCachedModel(url);
  return model;
}

/** Stores a model under its address for later visits, and drops the caches of older versions. */
export async function storeCachedModel(url: string, files: ModelFiles): Promise<void> {
  latest = { url, files };
  await quietly(async () => {
    const cache = await caches.open(NAME);
    // model.json last: an entry that was cut short has none.
    await cache.put(weightsKey(url), new Response(files.weights));
    await cache.put(url, new Response(JSON.stringify(files.json), { headers: { 'content-type': 'application/json' } }));
    const names = await caches.keys();
    await Promise.all(
      names.filter((name) => name.startsWith(PREFIX) && name !== NAME).map((name) => caches.delete(name)),
    );
  });
}

/** Deletes what is stored under an address, here and in the Cache API. */
export async function forgetCachedModel(url: string): Promise<void> {
  if (latest?.url === url) latest = null;
  await quietly(async () => {
    const cache = await caches.open(NAME);
    await Promise.all([cache.delete(url), cache.delete(weightsKey(url))]);
  });
}
