import { throwIfCancelled } from '../../core/cancelled.ts';
import type { io } from '@tensorflow/tfjs-core';
import { AnysizeError } from '../../core/errors.ts';
import { IMAGENET_ADDRESSES } from '../../core/labels/imagenetAddresses.ts';
import { buildImageNetModel, checkImageNetModel, type ImageNetModel } from './imagenetModel.ts';
import { joinModel, type ModelFiles, parseModelJson, shardPaths } from '../models/modelFiles.ts';
import { readCachedModel, storeCachedModel } from '../models/modelFilesCache.ts';
import { fetchModelFiles } from '../models/modelFilesFetch.ts';
import type { LabelFiles, LabelsSource } from '../api.ts';

export type { ImageNetModel } from './imagenetModel.ts';

export interface LoadImageNetOptions {
  /** Tried before the official addresses. A URL names model.json or its folder. */
  source?: LabelsSource | undefined;
  /** Called with 0…1: bytes received over bytes expected, of the source being tried. */
  onProgress?: ((fraction: number) => void) | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * Loads the official MobileNetV2 with the ImageNet labels onto the current backend: {@link fetchImageNet}, then
 * {@link buildImageNetModel}. Called again (another backend, a lost device) it downloads nothing twice.
 * @throws AnysizeError `LabelsUnavailable`, `Cancelled`.
 */
export async function loadImageNet(options: LoadImageNetOptions = {}): Promise<ImageNetModel> {
  const { files, source } = await fetchImageNet(options);
  return buildImageNetModel(files, source);
}

/**
 * Gets the official model's bytes: from `source`, else what was stored before, else the official address, else the
 * mobilenet package's own. What comes from an address is stored. Touches no backend.
 * @throws AnysizeError `LabelsUnavailable` with every source's reason in one plain message; `Cancelled`.
 */
export async function fetchImageNet(options: LoadImageNetOptions = {}): Promise<LabelFiles> {
  const { source, onProgress, signal } = options;
  const reasons: string[] = [];

  const attempt = async (from: string, read: () => Promise<ModelFiles | null>): Promise<LabelFiles | null> => {
    throwIfCancelled(signal, 'Loading the ImageNet labels was cancelled.');
    try {
      const files = await read();
      throwIfCancelled(signal, 'Loading the ImageNet labels was cancelled.');
      if (!files) return null;
      checkImageNetModel(files.json, from);
      onProgress?.(1);
      return { files, source: from };
    } catch (error) {
      if (!(error instanceof AnysizeError && error.name === 'BadModel')) throw error;
      reasons.push(error.message);
      return null;
    }
  };

  let found: LabelFiles | null = null;
  if (source && 'files' in source) {
    found = await attempt('the chosen files', () => readPickedModel(source.files));
  } else if (source) {
    found = await attempt(source.url, async () => {
      const address = modelAddress(source.url);
      return (await readCachedModel(address)) ?? (await download(address, options));
    });
  }
  for (const address of IMAGENET_ADDRESSES) found ??= await attempt(address, () => readCachedModel(address));
  for (const address of IMAGENET_ADDRESSES) found ??= await attempt(address, () => download(address, options));
  if (found) return found;
  throw new AnysizeError(
    'LabelsUnavailable',
    `There are no ImageNet labels for now: ${reasons.join(' ')} Try again when online, or choose the model's files.`,
  );
}

async function download(address: string, { onProgress, signal }: LoadImageNetOptions): Promise<ModelFiles> {
  const check = (json: io.ModelJSON): void => void checkImageNetModel(json, address);
  const files = await fetchModelFiles(address, { onProgress, signal, check });
  await storeCachedModel(address, files);
  return files;
}

/** The address of model.json, from that or from its folder's. */
function modelAddress(text: string): string {
  let url: URL;
  try {
    url = new URL(text, globalThis.location?.href);
  } catch (cause) {
    throw new AnysizeError(
      'BadModel',
      `"${text}" is not an address; it should look like https://example.org/model.json.`,
      { cause },
    );
  }
  if (!url.pathname.endsWith('.json')) url.pathname = `${url.pathname.replace(/\/$/, '')}/model.json`;
  return url.href;
}

/**
 * Reads a TF.js graph model out of files that a person picked: its model.json and every shard that this names.
 * @throws AnysizeError `BadModel` naming the file that is missing or wrong.
 */
async function readPickedModel(files: File[]): Promise<ModelFiles> {
  const described = files.filter((file) => file.name.toLowerCase().endsWith('.json'));
  const model = described.find((file) => file.name === 'model.json') ?? described[0];
  if (!model)
    throw new AnysizeError('BadModel', 'The chosen files hold no model.json; choose it together with its .bin files.');
  const json = parseModelJson(await model.text(), model.name);
  const shards = await Promise.all(
    shardPaths(json).map(async (path) => {
      const name = path.slice(path.lastIndexOf('/') + 1);
      const shard = files.find((file) => file.name === name);
      if (!shard) throw new AnysizeError('BadModel', `The chosen files lack ${name}, which ${model.name} needs.`);
      return new Uint8Array(await shard.arrayBuffer());
    }),
  );
  return joinModel(json, shards, model.name);
}
