/** What Anysize is measured against, in a worker of its own: the page stays alive, and ending the worker ends any measurement. */
import * as tf from '@tensorflow/tfjs-core';
import { expose } from 'comlink';
import { ADAM } from '../core/head/linearModel.ts';
import { createRandom } from '../core/random.ts';
import type { BackendChoice, BackendInfo } from '../core/model.ts';
import { suggestedRate } from '../core/training/gradientDescentOptions.ts';
import { TrainingSet } from '../core/training/trainingVectors.ts';
import { type Backbone, loadEmbeddedBackbone } from '../worker/models/backbone.ts';
import { wasmHeapBytes } from '../worker/session/backend.ts';
import { startBackend } from '../worker/session/backend.ts';
import { type Provider, timeOnnx } from './rivals/onnx.ts';
import { type PoolingWay, timePooling } from './rivals/pooling.ts';
import { timeBackbone, timeMobilenet, timeTfjsPhoto } from './rivals/tfjsAlone.ts';
import { descend, layersFit, trainingInput } from './rivals/training.ts';

/** One measurement; its answer is in milliseconds. */
export type Measurement =
  | { kind: 'mobilenet' | 'tfjs photo'; photo: Blob }
  | { kind: 'onnx photo'; provider: Provider; photo: Blob; height: number; width: number }
  | { kind: 'backbone'; height: number; width: number }
  | { kind: 'onnx'; provider: Provider; height: number; width: number }
  | { kind: 'pooling'; way: PoolingWay; height: number; width: number }
  | { kind: 'training'; way: 'ours' | 'fit'; photos: number; levels: number[]; epochs: number };

let base = '';
let backbone: Backbone | null = null;

async function start(address: string, choice: BackendChoice): Promise<BackendInfo> {
  const { info } = await startBackend(choice);
  base = address;
  backbone = await loadEmbeddedBackbone(address);
  return info;
}

/** A photo at a size, by the browser's own canvas, as most pages feed onnxruntime: [3, height, width] in 0…1. */
async function canvasInput(photo: Blob, height: number, width: number): Promise<Float32Array> {
  const bitmap = await createImageBitmap(photo);
  const drawing = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!drawing) throw new Error('this browser gives no 2D canvas in a worker');
  drawing.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  const { data } = drawing.getImageData(0, 0, width, height);
  const cells = width * height;
  const values = new Float32Array(3 * cells);
  for (let i = 0; i < cells; i++) for (let c = 0; c < 3; c++) values[c * cells + i] = (data[4 * i + c] ?? 0) / 255;
  return values;
}

async function train(way: 'ours' | 'fit', photos: number, levels: number[], epochs: number): Promise<number> {
  const input = trainingInput(photos, levels);
  const started = performance.now();
  const set = await TrainingSet.create(input);
  const rate = suggestedRate(set, ADAM) / 4;
  // The rows that `fit` takes are made ready by us, outside its time.
  if (way === 'fit') return (await layersFit(set, ADAM, rate, epochs)).time;
  await descend(set, ADAM, rate, epochs);
  return performance.now() - started;
}

async function measure(what: Measurement): Promise<number> {
  if (!backbone) throw new Error('the bench has not started');
  switch (what.kind) {
    case 'mobilenet':
      return timeMobilenet(what.photo);
    case 'tfjs photo':
      return timeTfjsPhoto(what.photo, backbone);
    case 'onnx photo': {
      const started = performance.now();
      const values = await canvasInput(what.photo, what.height, what.width);
      const prepared = performance.now() - started;
      return prepared + (await timeOnnx(what.provider, base, values, what.height, what.width));
    }
    case 'backbone':
      return timeBackbone(backbone, what.height, what.width);
    case 'onnx': {
      const { next } = createRandom(3);
      const values = Float32Array.from({ length: 3 * what.height * what.width }, next);
      return timeOnnx(what.provider, base, values, what.height, what.width);
    }
    case 'pooling':
      return timePooling(what.way, what.height, what.width);
    case 'training':
      return train(what.way, what.photos, what.levels, what.epochs);
    default:
      return what satisfies never;
  }
}

const api = {
  start,
  measure,
  /** Bytes of this worker's WASM heap and of its tensors. */
  async memory() {
    return { heap: wasmHeapBytes(), tensors: tf.memory().numBytes };
  },
};

export type BenchWorker = typeof api;

expose(api);
