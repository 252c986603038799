import { AnysizeError } from '../../core/errors.ts';
import { headFeatures } from '../../core/head/headFeatures.ts';
import { headSizes } from '../../core/head/headSizes.ts';
import type { HeadData, SizePolicy } from '../../core/model.ts';
import { LAST_CHANNELS, MIDDLE_CHANNELS, MIDDLE_LAYER } from '../../core/recipe/recipe.ts';
import type { Whitenings } from '../../core/recipe/whitening.ts';
import { describePolicy } from '../../core/size/sizing.ts';
import { checkHead, vectorLength } from '../../core/head/buildHead.ts';
import type { BackboneGraph } from '../backboneGraph.ts';
import { addBackbone } from './addBackbone.ts';
import { addHead } from './addHead.ts';
import { addPyramid } from './addPyramid.ts';
import { addPooledMaps, addWhitenedHead } from './addRecipe.ts';
import { GraphBuilder } from './GraphBuilder.ts';

const OUTPUT = 'probabilities';

/**
 * One ONNX file from pixels to probabilities: `image` float32 [1,3,H,W], RGB in 0…1, any H and W from 1 →
 * `probabilities` [1,K]. The image is to be sized by the head's size policy first (metadata `policy`). A head on several sizes has one such
 * input for each, named after it: the photo at each of the policies in the metadata `inputs`.
 * Under the `paper` rule it stops with an error at sizes where the rule does not give the pyramid's bins; the node's name tells so.
 * @param version of the app
 * @param unknownBelow probability below which an answer is “unknown” (metadata `unknown_below`)
 * @param whitenings for a head on the recipe, which cannot do without
 * @throws AnysizeError `BadArgument` when the head does not fit its features or the backbone
 */
export function onnxPixelModel(
  head: HeadData,
  backbone: BackboneGraph,
  version: string,
  unknownBelow = 0,
  whitenings: Whitenings | null = null,
): Uint8Array<ArrayBuffer> {
  checkHead(head);
  if (headFeatures(head).kind === 'anysize') {
    return anysizePixelModel(head, backbone, version, unknownBelow, needed(whitenings, head));
  }
  if (head.channels !== backbone.channels) {
    const message = `the head "${head.name}" was trained on ${head.channels} channels; the image model gives ${backbone.channels}`;
    throw new AnysizeError('BadArgument', message);
  }
  const graph = new GraphBuilder();
  const image = graph.input('image', [1, 3, 'height', 'width']);
  const map = addBackbone(graph, backbone, image);
  addHead(graph, head, addPyramid(graph, map.last, head.pyramid), OUTPUT);
  graph.output(OUTPUT, [1, head.classes.length]);
  return graph.model({
    graphName: 'anysize',
    producerVersion: version,
    description: `MobileNetV2, spatial pyramid pooling and a linear head: an image of any size to ${head.classes.length} class probabilities. Size it first: ${describePolicy(head.policy)}.`,
    metadata: {
      ...headMetadata(head, version, unknownBelow),
      input: 'image: float32 [1, 3, height, width], RGB, 0 to 1, sized by the policy',
      backbone: `MobileNetV2 1.0, ImageNet weights by Google, Apache-2.0 (${backbone.origin})`,
    },
  });
}

/**
 * The head alone as ONNX: `vector` float32 [N,D], raw SPP vectors in the order [level][channel][row][column] (PyTorch's
 * `view(1, -1)` after each level) → `probabilities` [N,K]. Of a head on the recipe `vector` is what was pooled, before any root: the last map's
 * mean, the middle layer's mean and population standard deviation, then the grids' means, each as [channel][row][column].
 * @param whitenings for a head on the recipe, which cannot do without
 * @throws AnysizeError `BadArgument` when the head does not fit its features
 */
export function onnxHeadModel(
  head: HeadData,
  version: string,
  unknownBelow = 0,
  whitenings: Whitenings | null = null,
): Uint8Array<ArrayBuffer> {
  checkHead(head);
  const graph = new GraphBuilder();
  const vector = graph.input('vector', ['batch', vectorLength(head)]);
  const recipe = headFeatures(head).kind === 'anysize';
  if (recipe) addWhitenedHead(graph, head, needed(whitenings, head), vector, OUTPUT);
  else addHead(graph, head, vector, OUTPUT);
  graph.output(OUTPUT, ['batch', head.classes.length]);
  return graph.model({
    graphName: 'anysize-head',
    producerVersion: version,
    description: `A linear head on ${recipe ? 'pooled MobileNetV2 features' : 'spatial pyramid pooling vectors'}: ${head.classes.length} class probabilities.`,
    metadata: {
      ...headMetadata(head, version, unknownBelow),
      input: `vector: float32 [batch, length], raw, not yet ${recipe ? 'whitened' : 'normalised'}`,
    },
  });
}

function needed(whitenings: Whitenings | null, { name }: HeadData): Whitenings {
  if (whitenings) return whitenings;
  throw new AnysizeError('BadArgument', `the head "${name}" cannot be exported without the whitening`);
}

/** The inputs of a model on the recipe, each with how the photo is sized for it: `image`, or `image_224` and so on where there are several. */
function imageInputs(head: HeadData): [name: string, policy: SizePolicy][] {
  const sizes = headSizes(head);
  return sizes.map(({ policy }) => {
    const several = sizes.length > 1 && policy.kind === 'area';
    return [several ? `image_${policy.side}` : 'image', policy];
  });
}

function anysizePixelModel(
  head: HeadData,
  backbone: BackboneGraph,
  version: string,
  unknownBelow: number,
  whitenings: Whitenings,
): Uint8Array<ArrayBuffer> {
  const middle = backbone.steps.find(({ name }) => name === MIDDLE_LAYER);
  if (backbone.channels !== LAST_CHANNELS || middle?.kind !== 'conv' || middle.shape[0] !== MIDDLE_CHANNELS) {
    const message = `the head "${head.name}" was trained on ${LAST_CHANNELS} channels and the ${MIDDLE_CHANNELS} of ${MIDDLE_LAYER}, which the image model does not give`;
    throw new AnysizeError('BadArgument', message);
  }
  const graph = new GraphBuilder();
  const inputs = imageInputs(head);
  const images = inputs.map(([name]) => {
    const suffix = inputs.length > 1 ? name.replace('image', '') : '';
    return graph.input(name, [1, 3, `height${suffix}`, `width${suffix}`]);
  });
  addWhitenedHead(graph, head, whitenings, addPooledMaps(graph, head, backbone, images), OUTPUT);
  graph.output(OUTPUT, [1, head.classes.length]);
  const words = inputs.map(([name, policy]) => `${name}: ${describePolicy(policy)}`).join('; ');
  return graph.model({
    graphName: 'anysize',
    producerVersion: version,
    description: `MobileNetV2, whitened means of two of its layers and of a pyramid, and a linear head: an image of any size to ${head.classes.length} class probabilities. Size it first: ${words}.`,
    metadata: {
      ...headMetadata(head, version, unknownBelow),
      input: `${images.join(', ')}: float32 [1, 3, height, width], RGB, 0 to 1, sized by the policy`,
      inputs: JSON.stringify(Object.fromEntries(inputs)),
      backbone: `MobileNetV2 1.0, ImageNet weights by Google, Apache-2.0 (${backbone.origin})`,
    },
  });
}

function headMetadata(head: HeadData, version: string, unknownBelow: number): Record<string, string> {
  return {
    anysize: version,
    name: head.name,
    classes: JSON.stringify(head.classes),
    ...vectorMetadata(head),
    unknown_below: String(unknownBelow),
  };
}

/** What the vector is, and how photos are sized for it. */
function vectorMetadata(head: HeadData): Record<string, string> {
  const policy = { policy: JSON.stringify(head.policy), policy_in_words: describePolicy(head.policy) };
  const features = headFeatures(head);
  if (features.kind === 'anysize') {
    const order = 'mean, middle mean, middle deviation, then level by level: channel, row, column';
    return { features: JSON.stringify(features), vector_order: order, ...policy };
  }
  const { levels, rule, pooling } = head.pyramid;
  return {
    levels: JSON.stringify(levels),
    rule,
    pooling,
    channels: String(head.channels),
    vector_order: 'level, channel, row, column',
    ...policy,
    normalisation: JSON.stringify(head.normalisation),
  };
}
