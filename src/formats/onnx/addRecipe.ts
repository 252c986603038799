import { headBlocks } from '../../core/head/headFeatures.ts';
import { headSizes } from '../../core/head/headSizes.ts';
import type { HeadData } from '../../core/model.ts';
import { LAST_CHANNELS, MIDDLE_LAYER } from '../../core/recipe/recipe.ts';
import { LEAST_NORM, type Whitening, type Whitenings } from '../../core/recipe/whitening.ts';
import type { BackboneGraph } from '../backboneGraph.ts';
import { addBackbone } from './addBackbone.ts';
import { addLayer, addUnitLength } from './addHead.ts';
import { addPyramid } from './addPyramid.ts';
import type { GraphBuilder } from './GraphBuilder.ts';

const SIDES = [2, 3];

/** A grid's bins on a side: 4 bins are 2 × 2. */
const gridOf = (bins: number) => Math.sqrt(bins);

/**
 * A pass of the backbone for each size, and what the recipe pools of their maps. Means and deviations of several sizes are averaged.
 * @param images names of values [1,3,H,W] in 0…1, one for each of the head's sizes
 * @returns name of the pooled values [1, D], as {@link addWhitenedHead} takes them
 */
export function addPooledMaps(
  graph: GraphBuilder,
  head: HeadData,
  backbone: BackboneGraph,
  images: readonly string[],
): string {
  const levels = headBlocks(head).flatMap(({ name, bins }) =>
    name === 'two' || name === 'four' ? [gridOf(bins)] : [],
  );
  const means: string[] = [];
  const grids: string[] = [];
  for (const [i, size] of headSizes(head).entries()) {
    const prefix = images.length > 1 ? `${images[i]}/` : '';
    const maps = addBackbone(graph, backbone, images[i]!, prefix);
    if (size.means) means.push(addMeans(graph, `${prefix}means`, maps.last, maps.of(MIDDLE_LAYER)));
    if (size.bins) grids.push(addPyramid(graph, maps.last, { levels, rule: 'adaptive', pooling: 'mean' }));
  }
  let mean = means[0]!;
  if (means.length > 1) {
    const sum = means.reduce((sum, each, i) => (i === 0 ? each : graph.node('Add', `means/sum_${i}`, [sum, each])));
    const count = graph.floats('means/count', [], Float32Array.of(means.length));
    mean = graph.node('Div', 'means/average', [sum, count]);
  }
  return grids.length > 0 ? graph.node('Concat', 'pooled', [mean, ...grids], { axis: 1 }) : mean;
}

/** [1, 1280 + 2·576]: the last map's means, the middle one's, and its population standard deviations. */
function addMeans(graph: GraphBuilder, name: string, last: string, middle: string): string {
  const mean = (part: string, map: string) =>
    graph.node('ReduceMean', `${name}/${part}`, [map], { axes: SIDES, keepdims: 1 });
  const middleMean = mean('middle', middle);
  const off = graph.node('Sub', `${name}/off`, [middle, middleMean]);
  const variance = mean('variance', graph.node('Mul', `${name}/squares`, [off, off]));
  const deviation = graph.node('Sqrt', `${name}/deviation`, [variance]);
  const all = graph.node('Concat', `${name}/maps`, [mean('last', last), middleMean, deviation], { axis: 1 });
  return graph.node('Flatten', name, [all], { axis: 1 });
}

/**
 * The head's nodes on the recipe: whitening block by block (core/recipe), centring, the linear layer, softmax.
 * @param pooled name of a value [N, D]: whole, middle's means, middle's deviations, then each grid as [channel][row][column]
 * @param output name of the result, probabilities [N, K]
 */
export function addWhitenedHead(
  graph: GraphBuilder,
  head: HeadData,
  whitenings: Whitenings,
  pooled: string,
  output: string,
): void {
  const blocks = headBlocks(head);
  const lengths = graph.integers(blocks.map(({ length }) => length));
  const names = blocks.map(({ name }) => `pooled/${name}`);
  graph.nodeWithOutputs('Split', 'pooled/blocks', [pooled, lengths], names, { axis: 1 });
  const whitenMap = whitener(graph, 'whitening/map', whitenings.map);
  const whitenMiddle = whitener(graph, 'whitening/middle', whitenings.middle);
  const parts = blocks.map(({ name, bins, weight }, i) => {
    let value = names[i]!;
    if (bins > 1) {
      // A bin's channels stand together from here on, as in the app.
      const grid = graph.node('Reshape', `${name}/channels`, [value, graph.integers([-1, LAST_CHANNELS, bins])]);
      value = graph.node('Transpose', `${name}/bins`, [grid], { perm: [0, 2, 1] });
    }
    value = name === 'middle' ? whitenMiddle(name, value) : whitenMap(name, value);
    if (bins > 1) value = graph.node('Flatten', `${name}/joined`, [value], { axis: 1 });
    const unit = addUnitLength(graph, `${name}/unit`, value, LEAST_NORM);
    const root = graph.floats(`${name}/root_of_weight`, [], Float32Array.of(Math.sqrt(weight)));
    return graph.node('Mul', `${name}/weighted`, [unit, root]);
  });
  addLayer(graph, head, graph.node('Concat', 'vector/whitened', parts, { axis: 1 }), output);
}

/** What adds v = y + U(g ∘ Uᵀy), y = √max(x, 0) − c, along the last axis. */
function whitener(graph: GraphBuilder, name: string, { length, rank, centre, directions, gains }: Whitening) {
  const centreName = graph.floats(`${name}/centre`, [length], centre);
  const gainsName = graph.floats(`${name}/gains`, [rank], gains);
  const across = graph.floats(`${name}/directions`, [length, rank], directions);
  const back = graph.node('Transpose', `${name}/directions_transposed`, [across], { perm: [1, 0] });
  return (block: string, value: string): string => {
    const root = graph.node('Sqrt', `${block}/root`, [graph.node('Relu', `${block}/at_least_0`, [value])]);
    const centred = graph.node('Sub', `${block}/centred`, [root, centreName]);
    const along = graph.node('MatMul', `${block}/along`, [centred, across]);
    const stretched = graph.node('Mul', `${block}/stretched`, [along, gainsName]);
    return graph.node('Add', `${block}/whitened`, [centred, graph.node('MatMul', `${block}/added`, [stretched, back])]);
  };
}
