import { AnysizeError } from '../../core/errors.ts';
import type { HeadData } from '../../core/model.ts';
import { describePolicy } from '../../core/size/sizing.ts';
import { checkHead } from '../../core/head/buildHead.ts';
import { binCount } from '../../core/pyramid/geometry.ts';
import type { BackboneGraph } from '../backboneGraph.ts';
import { addBackbone } from './addBackbone.ts';
import { addHead } from './addHead.ts';
import { addPyramid } from './addPyramid.ts';
import { GraphBuilder } from './GraphBuilder.ts';

const OUTPUT = 'probabilities';

/**
 * One ONNX file from pixels to probabilities: `image` float32 [1,3,H,W], RGB in 0…1, any H and W from 1 →
 * `probabilities` [1,K]. The image is to be sized by the head's size policy first (metadata `policy`).
 * Under the `paper` rule it stops with an error at sizes where the rule does not give the pyramid's bins; the node's name tells so.
 * @param version of the app
 * @param unknownBelow probability below which an answer is “unknown” (metadata `unknown_below`)
 * @throws AnysizeError `BadArgument` when the head does not fit its pyramid or the backbone
 */
export function onnxPixelModel(
  head: HeadData,
  backbone: BackboneGraph,
  version: string,
  unknownBelow = 0,
): Uint8Array<ArrayBuffer> {
  checkHead(head);
  if (head.channels !== backbone.channels) {
    const message = `the head "${head.name}" was trained on ${head.channels} channels; the image model gives ${backbone.channels}`;
    throw new AnysizeError('BadArgument', message);
  }
  const graph = new GraphBuilder();
  const image = graph.input('image', [1, 3, 'height', 'width']);
  const map = addBackbone(graph, backbone, image);
  addHead(graph, head, addPyramid(graph, map, head.pyramid), OUTPUT);
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
 * `view(1, -1)` after each level) → `probabilities` [N,K].
 * @throws AnysizeError `BadArgument` when the head does not fit its pyramid
 */
export function onnxHeadModel(head: HeadData, version: string, unknownBelow = 0): Uint8Array<ArrayBuffer> {
  checkHead(head);
  const graph = new GraphBuilder();
  const vector = graph.input('vector', ['batch', binCount(head.pyramid.levels) * head.channels]);
  addHead(graph, head, vector, OUTPUT);
  graph.output(OUTPUT, ['batch', head.classes.length]);
  return graph.model({
    graphName: 'anysize-head',
    producerVersion: version,
    description: `A linear head on spatial pyramid pooling vectors: ${head.classes.length} class probabilities.`,
    metadata: {
      ...headMetadata(head, version, unknownBelow),
      input: 'vector: float32 [batch, length], raw, not yet normalised',
    },
  });
}

function headMetadata(head: HeadData, version: string, unknownBelow: number): Record<string, string> {
  const { levels, rule, pooling } = head.pyramid;
  return {
    anysize: version,
    name: head.name,
    classes: JSON.stringify(head.classes),
    levels: JSON.stringify(levels),
    rule,
    pooling,
    channels: String(head.channels),
    vector_order: 'level, channel, row, column',
    policy: JSON.stringify(head.policy),
    policy_in_words: describePolicy(head.policy),
    normalisation: JSON.stringify(head.normalisation),
    unknown_below: String(unknownBelow),
  };
}
