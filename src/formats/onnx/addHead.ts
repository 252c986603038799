import type { HeadData } from '../../core/model.ts';
import { levelLengths } from '../../core/head/normalise.ts';
import { toChannelMajor } from '../../core/pyramid/flatten.ts';
import type { GraphBuilder } from './GraphBuilder.ts';

/** Keeps the L2 norm of an empty vector from dividing by 0; far below any other norm. */
const SMALLEST_NORM = 1e-30;

/**
 * The head's nodes: √, L2, centring, the linear layer, softmax (see core/head/normalise.ts).
 * @param vector name of a value [N, D] of raw vectors, in the order [level][channel][row][column]
 * @param output name of the result, probabilities [N, K]
 */
export function addHead(graph: GraphBuilder, head: HeadData, vector: string, output: string): void {
  const { pyramid, channels, normalisation, mean } = head;
  const lengths = levelLengths(pyramid.levels, channels);
  const length = lengths.reduce((sum, part) => sum + part, 0);
  const reorder = (row: Float32Array) => toChannelMajor(row, pyramid.levels, channels);

  let value = vector;
  if (normalisation.sqrt) {
    const root = graph.node('Sqrt', 'normalise/root', [graph.node('Abs', 'normalise/magnitude', [value])]);
    value = graph.node('Mul', 'normalise/signed_root', [graph.node('Sign', 'normalise/sign', [value]), root]);
  }
  if (normalisation.l2 === 'vector' || (normalisation.l2 === 'level' && lengths.length === 1)) {
    value = addUnitLength(graph, 'normalise/unit', value);
  } else if (normalisation.l2 === 'level') {
    const names = pyramid.levels.map((n) => `normalise/level_${n}`);
    const parts = graph.nodeWithOutputs('Split', 'normalise/levels', [value, graph.integers(lengths)], names, {
      axis: 1,
    });
    const units = parts.map((part) => addUnitLength(graph, `${part}/unit`, part));
    value = graph.node('Concat', 'normalise/unit', units, { axis: 1 });
  }
  const weights = new Float32Array(head.weights.length);
  for (let at = 0; at < weights.length; at += length) weights.set(reorder(head.weights.subarray(at, at + length)), at);
  addLayer(graph, { ...head, weights, mean: mean && reorder(mean) }, value, output);
}

/**
 * Centring, the linear layer and softmax.
 * @param vector name of a value [N, D], normalised but for the centring; weights and mean are in its order
 * @param output name of the result, probabilities [N, K]
 */
export function addLayer(graph: GraphBuilder, head: HeadData, vector: string, output: string): void {
  const { normalisation, mean, scale, classes, weights, bias } = head;
  const length = weights.length / classes.length;
  let value = vector;
  if (normalisation.centre && mean) {
    const meanName = graph.floats('normalise/mean', [length], mean);
    const scaleName = graph.floats('normalise/scale', [], Float32Array.of(scale));
    value = graph.node('Sub', 'normalise/centred', [value, meanName]);
    value = graph.node('Div', 'normalise/scaled', [value, scaleName]);
  }
  const logits = graph.node(
    'Gemm',
    'logits',
    [
      value,
      graph.floats('lin.weight', [classes.length, length], weights),
      graph.floats('lin.bias', [classes.length], bias),
    ],
    { transB: 1 },
  );
  graph.nodeWithOutputs('Softmax', 'softmax', [logits], [output], { axis: 1 });
}

/**
 * Brings rows to length 1.
 * @param vector name of a value [N, D]
 */
export function addUnitLength(graph: GraphBuilder, name: string, vector: string, leastNorm = SMALLEST_NORM): string {
  const norm = graph.node('ReduceL2', `${name}/norm`, [vector], { axes: [1], keepdims: 1 });
  const smallest = graph.floats(`${name}/smallest`, [], Float32Array.of(leastNorm));
  return graph.node('Div', name, [vector, graph.node('Max', `${name}/safe_norm`, [norm, smallest])]);
}
