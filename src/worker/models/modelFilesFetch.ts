import { throwIfCancelled } from '../../core/cancelled.ts';
import { pause } from '../../core/pause.ts';
import type { io } from '@tensorflow/tfjs-core';
import { AnysizeError } from '../../core/errors.ts';
import { joinModel, type ModelFiles, parseModelJson, shardPaths, weightBytes } from './modelFiles.ts';

export interface FetchModelOptions {
  /** Called with 0…1, bytes received over bytes expected; never falls. */
  onProgress?: ((fraction: number) => void) | undefined;
  signal?: AbortSignal | undefined;
  /** Called with model.json before the weights are asked for; throws where this is not the model that is wanted. */
  check?: ((json: io.ModelJSON) => void) | undefined;
}

/** Waits before the second and third try of a file, in milliseconds. */
const BACK_OFF = [500, 2000];
/** A connection that delivers nothing for this long, in milliseconds, counts as broken. */
const STALL = 30_000;

class Transient extends Error {}

/**
 * Downloads a TF.js graph model: model.json, then its shards, side by side. Each file is tried three times when the
 * network or the server (5xx, 429) fails; any other answer is final.
 * @param url absolute address of model.json; its query, if any, goes to the shards too (as TF Hub wants it).
 * @throws AnysizeError `BadModel` when it cannot be had or is no graph model; `Cancelled` when `signal` says so.
 */
export async function fetchModelFiles(url: string, options: FetchModelOptions = {}): Promise<ModelFiles> {
  const { onProgress, signal, check } = options;
  const json = parseModelJson(new TextDecoder().decode(await fetchFile(url, signal)), url);
  check?.(json);
  const expected = weightBytes(json);
  const paths = shardPaths(json);
  const received = paths.map(() => 0);
  let best = 0;
  const report = (): void => {
    const fraction = Math.min(1, received.reduce((sum, bytes) => sum + bytes, 0) / Math.max(1, expected));
    if (fraction > best) onProgress?.((best = fraction));
  };

  const others = new AbortController();
  const either = signal ? AbortSignal.any([signal, others.signal]) : others.signal;
  try {
    const shards = await Promise.all(
      paths.map((path, i) =>
        fetchFile(shardUrl(path, url), either, (bytes) => {
          received[i] = bytes;
          report();
        }),
      ),
    );
    return joinModel(json, shards, url);
  } catch (error) {
    others.abort();
    throw error;
  }
}

function shardUrl(path: string, modelUrl: string): string {
  const shard = new URL(path, modelUrl);
  if (!shard.search) shard.search = new URL(modelUrl).search;
  return shard.href;
}

async function fetchFile(
  url: string,
  signal: AbortSignal | undefined,
  onBytes?: (received: number) => void,
): Promise<Uint8Array> {
  for (let attempt = 0; ; attempt++) {
    throwIfCancelled(signal, 'The download was cancelled.');
    try {
      return await fetchOnce(url, signal, onBytes);
    } catch (error) {
      throwIfCancelled(signal, 'The download was cancelled.');
      const wait = BACK_OFF[attempt];
      if (!(error instanceof Transient)) throw error;
      if (wait === undefined) throw new AnysizeError('BadModel', error.message, { cause: error });
      await pause(wait, signal);
    }
  }
}

async function fetchOnce(
  url: string,
  signal: AbortSignal | undefined,
  onBytes?: (received: number) => void,
): Promise<Uint8Array> {
  const { host, pathname } = new URL(url);
  const file = pathname.slice(pathname.lastIndexOf('/') + 1);
  const stalled = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const alive = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => stalled.abort(), STALL);
  };
  try {
    alive();
    const response = await fetch(url, {
      signal: signal ? AbortSignal.any([signal, stalled.signal]) : stalled.signal,
    });
    if (response.status >= 500 || response.status === 429) {
      throw new Transient(`${host} answered ${response.status} for ${file}.`);
    }
    if (!response.ok) throw new AnysizeError('BadModel', `${host} answered ${response.status} for ${file}.`);
    return await readBody(response, (received) => {
      alive();
      onBytes?.(received);
    });
  } catch (error) {
    if (error instanceof Transient || error instanceof AnysizeError) throw error;
    throw new Transient(`${host} could not be reached for ${file}.`, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

async function readBody(response: Response, onBytes: (received: number) => void): Promise<Uint8Array> {
  const reader = response.body?.getReader();
  if (!reader) return new Uint8Array(await response.arrayBuffer());
  const chunks: Uint8Array[] = [];
  let received = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    chunks.push(part.value);
    received += part.value.byteLength;
    onBytes(received);
  }
  const bytes = new Uint8Array(received);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}
