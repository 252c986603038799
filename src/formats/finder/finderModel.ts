import { AnysizeError } from '../../core/errors.ts';
import { MAP_CHANNELS, partEnds, STRIDES } from '../../core/find/finderMaps.ts';
import type { Finder } from '../../core/find/model.ts';
import type { FinderMap } from '../../core/find/settings.ts';
import { toChannelMajor } from '../../core/pyramid/flatten.ts';
import { MIDDLE_LAYER } from '../../core/recipe/recipe.ts';
import type { BackboneGraph } from '../backboneGraph.ts';
import { addBackbone } from '../onnx/addBackbone.ts';
import { addUnitLength } from '../onnx/addHead.ts';
import { GraphBuilder } from '../onnx/GraphBuilder.ts';
import { addRegressedBoxes } from './addRegressedBoxes.ts';
import { addCorners, addWindowCells } from './addWindowCells.ts';
import { addWindowVectors } from './addWindowVectors.ts';

/** Keeps windows of zeros from dividing by 0, as in the app. */
const LEAST_NORM = 1e-12;
/** TensorProto.DataType */
const FLOAT = 1;
const FLOAT16 = 10;

/**
 * From pixels to maps as ONNX: `image` float32 [1,3,H,W], RGB in 0…1, the whole photo with its shorter side as the settings say → `last`
 * [1,1280,⌈H/32⌉,⌈W/32⌉] and `middle` [1,576,⌈H/16⌉,⌈W/16⌉], or the one of them that the finder looks at.
 * @param version of the app
 */
export function finderMapsModel(finder: Finder, backbone: BackboneGraph, version: string): Uint8Array<ArrayBuffer> {
  const { maps } = finder.settings;
  const graph = new GraphBuilder();
  const image = graph.input('image', [1, 3, 'height', 'width']);
  const { last, of } = addBackbone(graph, upTo(backbone, maps), image);
  for (const map of maps) {
    // In half precision, as the app keeps maps, so that scores are the same.
    const half = graph.node('Cast', `${map}/half`, [map === 'last' ? last : of(MIDDLE_LAYER)], { to: FLOAT16 });
    graph.node('Cast', map, [half], { to: FLOAT });
    graph.output(map, mapSides(map));
  }
  return graph.model({
    graphName: 'anysize-maps',
    producerVersion: version,
    description: `MobileNetV2: an image of any size to ${maps.length > 1 ? 'two feature maps' : 'a feature map'}, for windows.onnx.`,
    metadata: {
      ...finderMetadata(finder, version),
      input: 'image: float32 [1, 3, height, width], RGB, 0 to 1, the whole photo at the shorter side of the settings',
      backbone: `MobileNetV2 1.0, ImageNet weights by Google, Apache-2.0 (${backbone.origin})`,
    },
  });
}

/**
 * The window head as ONNX: maps (as {@link finderMapsModel} gives them), `size` float32 [2] (width and height of the image they are of) and `boxes`
 * float32 [n,4] (left, top, right, bottom, half-open, in pixels of that image; any number) → `scores` [n,K], above 0 where the class is likelier
 * than not, and `regressed` [n,K,4], each box as the class's regressor moves it, clipped to the image. Which cells a box takes is worked out inside.
 * @throws AnysizeError `BadArgument` where the weights do not fit the settings
 */
export function finderWindowsModel(finder: Finder, version: string): Uint8Array<ArrayBuffer> {
  const { classes, settings } = finder;
  const { maps, levels } = settings;
  const ends = partEnds(settings);
  const length = ends.at(-1) ?? 0;
  for (const { name, weights } of classes) {
    if (weights.length !== length) {
      const message = `“${name}” has ${weights.length} weights where ${length} are needed: that finder cannot be exported.`;
      throw new AnysizeError('BadArgument', message);
    }
  }
  const graph = new GraphBuilder();
  const inputs = maps.map((map) => graph.input(map, mapSides(map)));
  const size = graph.input('size', [2]);
  const boxes = graph.input('boxes', ['windows', 4]);
  const corners = addCorners(graph, boxes, size);
  const parts = maps.map((map, i) => {
    const cells = addWindowCells(graph, corners, STRIDES[map], map);
    const vector = addWindowVectors(graph, inputs[i] ?? map, cells, levels, map);
    return addUnitLength(graph, `${map}/unit`, vector, LEAST_NORM);
  });
  const [only = ''] = parts;
  const vector = parts.length > 1 ? graph.node('Concat', 'vector', parts, { axis: 1 }) : only;
  /** Weights in the order of the vector here; each map's part of unit length counts by the root of its share. */
  const reordered = (weights: Float32Array): Float32Array => {
    const out = new Float32Array(length);
    maps.forEach((map, i) => {
      const start = ends[i - 1] ?? 0;
      const part = weights.slice(start, ends[i]).map((value) => value * Math.sqrt(1 / maps.length));
      out.set(toChannelMajor(part, levels, MAP_CHANNELS[map]), start);
    });
    return out;
  };
  const layer = (name: string, rows: readonly Float32Array[], bias: readonly number[]) =>
    graph.node(
      'Gemm',
      name,
      [
        vector,
        graph.floats(`${name}/weights`, [rows.length, length], joined(rows.map(reordered), length)),
        graph.floats(`${name}/bias`, [rows.length], Float32Array.from(bias)),
      ],
      { transB: 1 },
    );
  layer(
    'scores',
    classes.map(({ weights }) => weights),
    classes.map(({ bias }) => bias),
  );
  graph.output('scores', ['windows', classes.length]);
  const still = new Float32Array(length);
  const offsets = layer(
    'offsets',
    classes.flatMap(({ regressor }) =>
      [0, 1, 2, 3].map((side) => regressor?.weights.slice(side * length, (side + 1) * length) ?? still),
    ),
    classes.flatMap(({ regressor }) => [0, 1, 2, 3].map((side) => regressor?.bias[side] ?? 0)),
  );
  addRegressedBoxes(graph, corners, offsets, classes.length, 'regressed');
  graph.output('regressed', ['windows', classes.length, 4]);
  return graph.model({
    graphName: 'anysize-windows',
    producerVersion: version,
    description: `Spatial pyramid pooling over windows of feature maps, ${classes.length} SVMs and box regressors: boxes to scores and better boxes.`,
    metadata: {
      ...finderMetadata(finder, version),
      input: `${[...maps, 'size', 'boxes'].join(', ')}: the maps of maps.onnx, [width, height] of its image, boxes in its pixels`,
    },
  });
}

/** Classes with what makes their scores probabilities, and all settings, as JSON. */
function finderMetadata({ name, classes, settings }: Finder, version: string): Record<string, string> {
  return {
    anysize: version,
    name,
    classes: JSON.stringify(classes.map(({ name, platt, threshold }) => ({ name, platt, threshold }))),
    settings: JSON.stringify(settings),
    policy: JSON.stringify({ kind: 'fit', side: settings.side }),
  };
}

const mapSides = (map: FinderMap) => [1, MAP_CHANNELS[map], `${map}_height`, `${map}_width`];

/** As much of the backbone as the maps need. */
function upTo(backbone: BackboneGraph, maps: readonly FinderMap[]): BackboneGraph {
  if (maps.includes('last')) return backbone;
  const end = backbone.steps.findIndex(({ name }) => name === MIDDLE_LAYER);
  return { ...backbone, output: MIDDLE_LAYER, steps: backbone.steps.slice(0, end + 1) };
}

function joined(rows: readonly Float32Array[], length: number): Float32Array {
  const all = new Float32Array(rows.length * length);
  rows.forEach((row, i) => all.set(row, i * length));
  return all;
}
