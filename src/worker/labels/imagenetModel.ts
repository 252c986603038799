import { load } from '@tensorflow-models/mobilenet';
import { IMAGENET_CLASSES } from '@tensorflow-models/mobilenet/dist/imagenet_classes.js';
import type { GraphModel } from '@tensorflow/tfjs-converter';
import type { io } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { type Backbone, graphBackbone } from '../models/backbone.ts';
import { AnysizeError, messageOf } from '../../core/errors.ts';
import { CHANNELS } from '../../core/featureMap.ts';
import { graphNodes, type ModelFiles, modelHandler, weightSpecs } from '../models/modelFiles.ts';

/** The official MobileNetV2 1.0 with its 1000 ImageNet classes, at any image size. */
export interface ImageNetModel {
  /** The official float32 features, to the last ReLU6. */
  readonly backbone: Backbone;
  /** Mean over a feature map's cells, [N,1280] → class logits [N,1000]: the official logits layer. */
  logits(meanFeatures: tf.Tensor2D): tf.Tensor2D;
  /** The logits layer's numbers, [1000,1280] row-major and [1000]; read from the backend once. */
  weights(): Promise<{ weights: Float32Array; bias: Float32Array }>;
  /** Where it came from, for people: an address, or "the chosen files". */
  readonly source: string;
  dispose(): void;
}

const FEATURES = 'module_apply_default/MobilenetV2/Conv_1/Relu6';
const MIDDLE = 'module_apply_default/MobilenetV2/expanded_conv_13/expand/Relu6';
const CLASSES = 1000;
/** The official layer has a background class before the 1000. */
const OUTPUTS = CLASSES + 1;

const LISTED = Array.from({ length: CLASSES }, (_, i) => IMAGENET_CLASSES[i] ?? `class ${i}`);
const firstOf = (names: string): string => names.split(',', 1)[0] ?? names;

/**
 * The 1000 class names, in logit order (without the background class): of “dock, dockage, docking facility” the first, but all where another
 * class begins with the same.
 */
export const IMAGENET_NAMES: readonly string[] = LISTED.map((names) =>
  LISTED.filter((other) => firstOf(other) === firstOf(names)).length > 1 ? names : firstOf(names),
);

interface LayerNames {
  weights: string;
  bias: string;
}

/**
 * Checks that a graph model is the official MobileNetV2 1.0 classifier.
 * @throws AnysizeError `BadModel` saying what is missing.
 */
export function checkImageNetModel(json: io.ModelJSON, from: string): LayerNames {
  const refuse = (what: string): never => {
    throw new AnysizeError(
      'BadModel',
      `${from} is not the official MobileNetV2 1.0 with ImageNet labels: it has no ${what}.`,
    );
  };
  const nodes = graphNodes(json);
  if (!nodes.some((node) => node.op === 'Placeholder')) refuse('input');
  if (!nodes.some((node) => node.name === FEATURES)) refuse(`layer ${FEATURES}`);
  const specs = weightSpecs(json);
  const named = (...shapes: string[]): string =>
    specs.find((spec) => shapes.includes(spec.shape.join('×')))?.name ?? refuse(`weights of shape ${shapes[0]}`);
  return { weights: named(`1×1×${CHANNELS}×${OUTPUTS}`, `${CHANNELS}×${OUTPUTS}`), bias: named(`${OUTPUTS}`) };
}

/** The model with an input of any size: the official one accepts 224×224 only, by its placeholder's shape. */
function withAnySize(files: ModelFiles): ModelFiles {
  const anySize = { shape: { dim: ['-1', '-1', '-1', '3'].map((size) => ({ size })) } };
  const node = graphNodes(files.json).map((each) =>
    each.op === 'Placeholder' ? { ...each, attr: { ...each.attr, shape: anySize } } : each,
  );
  return { ...files, json: { ...files.json, modelTopology: { ...files.json.modelTopology, node } } };
}

/**
 * Builds the model on the current backend through `@tensorflow-models/mobilenet`, which runs it once at 224×224.
 * @throws AnysizeError `BadModel` when the files are not the official model, `LabelsUnavailable` when it does not run.
 */
export async function buildImageNetModel(files: ModelFiles, source: string): Promise<ImageNetModel> {
  const layer = checkImageNetModel(files.json, source);
  const modelUrl = modelHandler(withAnySize(files));
  const network = await load({ version: 2, alpha: 1, modelUrl, inputRange: [0, 1] }).catch((cause: unknown) => {
    const message = `The ImageNet model from ${source} could not be started: ${messageOf(cause)}`;
    throw new AnysizeError('LabelsUnavailable', message, { cause });
  });
  // The package's public methods warp to 224×224; the graph model inside is the only way to other sizes.
  const { model } = network as unknown as { model: GraphModel };
  const tensorOf = (name: string): tf.Tensor => model.weights[name]![0]!;
  let numbers: Promise<{ weights: Float32Array; bias: Float32Array }> | null = null;

  return {
    backbone: graphBackbone('imagenet', model, { last: FEATURES, middle: MIDDLE }),
    source,
    logits: (meanFeatures) =>
      tf.tidy(() => {
        const kernel = tf.reshape<tf.Rank.R2>(tensorOf(layer.weights), [CHANNELS, OUTPUTS]);
        const all = tf.add<tf.Tensor2D>(tf.matMul(meanFeatures, kernel), tensorOf(layer.bias));
        return tf.slice2d(all, [0, 1], [-1, CLASSES]);
      }),
    weights: () => (numbers ??= readLayer(tensorOf(layer.weights), tensorOf(layer.bias))),
    dispose: () => model.dispose(),
  };
}

/** [1280,1001] and [1001] as [1000,1280] and [1000]: transposed, without the background class. */
async function readLayer(weights: tf.Tensor, bias: tf.Tensor): Promise<{ weights: Float32Array; bias: Float32Array }> {
  const [stored, offsets] = await Promise.all([weights.data<'float32'>(), bias.data<'float32'>()]);
  const transposed = new Float32Array(CLASSES * CHANNELS);
  for (let channel = 0; channel < CHANNELS; channel++) {
    for (let k = 0; k < CLASSES; k++) transposed[k * CHANNELS + channel] = stored[channel * OUTPUTS + k + 1]!;
  }
  return { weights: transposed, bias: offsets.slice(1) };
}
