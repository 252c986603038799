import { type GraphModel, loadGraphModel } from '@tensorflow/tfjs-converter';
import * as tf from '@tensorflow/tfjs-core';
import { AnysizeError, messageOf } from '../../core/errors.ts';
import { CHANNELS } from '../../core/featureMap.ts';
import { type ModelFiles, modelHandler } from './modelFiles.ts';
import { fetchModelFiles } from './modelFilesFetch.ts';
import type { BackboneName } from '../../core/model.ts';

/** MobileNetV2 1.0 up to its last ReLU6, at any image size. */
export interface Backbone {
  readonly name: BackboneName;
  readonly channels: number;
  /** Image [H,W,3] with values in [0,1] → feature map [⌈H/32⌉, ⌈W/32⌉, channels]; TensorFlow's SAME padding throughout. */
  run(input: tf.Tensor3D): tf.Tensor3D;
  /** The same pass, and what stands in its middle. */
  runBoth(input: tf.Tensor3D): BackboneMaps;
  /** One pass over several images of one size, [N,H,W,3]: their maps [N,…], and behind them, where it is wanted, what stands in the middle. */
  runBatch(input: tf.Tensor4D, middle: boolean): tf.Tensor4D[];
  dispose(): void;
}

/** Two layers of one pass. */
export interface BackboneMaps {
  /** The feature map, [⌈H/32⌉, ⌈W/32⌉, 1280]. */
  last: tf.Tensor3D;
  /** `block_13_expand` after its ReLU6, [⌈H/16⌉, ⌈W/16⌉, 576]. */
  middle: tf.Tensor3D;
}

/** Tensors of a graph model that hold a {@link Backbone}'s maps. */
interface MapNodes {
  last: string;
  middle: string;
}

/** Of the model that comes with the app. */
export const EMBEDDED_NODES: MapNodes = { last: 'features', middle: 'block_13_expand' };
const PATH = 'models/mobilenet-v2-features/model.json';

/** Downloads by address, kept so that the model can be built again (another backend, a lost device) without a second one. */
const downloads = new Map<string, ModelFiles>();

/**
 * Loads the backbone shipped with the app onto the current backend.
 * @param base the app's base URL, absolute or relative to where the code runs.
 * @param onProgress called with 0…1 while the weights arrive; with 1 at once where they are at hand.
 * @throws AnysizeError `BadModel` when the model cannot be fetched or read.
 */
export async function loadEmbeddedBackbone(base: string, onProgress?: (fraction: number) => void): Promise<Backbone> {
  const url = new URL(PATH, new URL(base, globalThis.location?.href)).href;
  try {
    const files = downloads.get(url) ?? (await fetchModelFiles(url, { onProgress }));
    downloads.set(url, files);
    onProgress?.(1);
    return graphBackbone('embedded', await loadGraphModel(modelHandler(files)), EMBEDDED_NODES);
  } catch (error) {
    const message = `The image model that comes with the app could not be loaded: ${messageOf(error)} Reload the page to try again.`;
    throw new AnysizeError('BadModel', message, { cause: error });
  }
}

/** A graph model as a backbone. */
export function graphBackbone(name: BackboneName, model: GraphModel, nodes: MapNodes): Backbone {
  return {
    name,
    channels: CHANNELS,
    run: (input) => tf.tidy(() => tf.squeeze<tf.Tensor3D>(model.execute(batchOf(input), nodes.last) as tf.Tensor, [0])),
    runBoth: (input) =>
      tf.tidy(() => {
        const [last, middle] = model.execute(batchOf(input), [nodes.last, nodes.middle]) as [tf.Tensor, tf.Tensor];
        return { last: tf.squeeze<tf.Tensor3D>(last, [0]), middle: tf.squeeze<tf.Tensor3D>(middle, [0]) };
      }),
    runBatch: (input, middle) => {
      const outputs = model.execute(input, middle ? [nodes.last, nodes.middle] : [nodes.last]);
      return (Array.isArray(outputs) ? outputs : [outputs]) as tf.Tensor4D[];
    },
    dispose: () => model.dispose(),
  };
}

/** @throws AnysizeError `BadArgument` for what is not an image */
function batchOf(input: tf.Tensor3D): tf.Tensor4D {
  const [height, width, depth] = input.shape;
  if (input.rank !== 3 || depth !== 3 || height < 1 || width < 1) {
    throw new AnysizeError(
      'BadArgument',
      `An image is [height, width, 3] with sides of at least 1; got [${input.shape.join(', ')}].`,
    );
  }
  return tf.expandDims(input, 0);
}
