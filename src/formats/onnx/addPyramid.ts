import type { PyramidOptions } from '../../core/model.ts';
import { poolingOf } from '../../core/pyramid/poolings.ts';
import { type Rule, ruleOf } from '../../core/pyramid/rules/rules.ts';
import type { GraphBuilder } from './GraphBuilder.ts';

const HEIGHT_AXIS = 2;
const WIDTH_AXIS = 3;

/** Names of the n starts and the n ends (exclusive) of a level's bins on one side, each of rank 1 and length 1. */
interface Spans {
  starts: readonly string[];
  ends: readonly string[];
}

/**
 * Spatial pyramid pooling with shape arithmetic: the bins follow the feature map's size when the model runs
 * (see pyramid/geometry.ts for the rules). A bin is a rectangle, so rows are pooled first and columns of what is left then,
 * which gives the same maxima and means.
 * @param map name of a value [1,channels,h,w]
 * @returns name of the vector [1, bins·channels], in the order [level][channel][row][column]
 */
export function addPyramid(graph: GraphBuilder, map: string, { levels, rule, pooling }: PyramidOptions): string {
  const reduce = poolingOf(pooling).onnx;
  const height = graph.node('Shape', 'spp/height', [map], { start: HEIGHT_AXIS, end: HEIGHT_AXIS + 1 });
  const width = graph.node('Shape', 'spp/width', [map], { start: WIDTH_AXIS, end: WIDTH_AXIS + 1 });
  const parts = levels.map((n) => {
    const rows = addSpans(graph, `spp/${n}/rows`, height, n, rule, 'height');
    const columns = addSpans(graph, `spp/${n}/columns`, width, n, rule, 'width');
    const byRow = poolAlong(graph, `spp/${n}/rows`, map, rows, HEIGHT_AXIS, reduce);
    const byBin = poolAlong(graph, `spp/${n}/columns`, byRow, columns, WIDTH_AXIS, reduce);
    return graph.node('Flatten', `spp/${n}`, [byBin], { axis: 1 });
  });
  return graph.node('Concat', 'spp/vector', parts, { axis: 1 });
}

function poolAlong(graph: GraphBuilder, name: string, map: string, spans: Spans, axis: number, reduce: string): string {
  const axes = graph.integers([axis]);
  const pooled = spans.starts.map((start, i) => {
    const slice = graph.node('Slice', `${name}/slice_${i}`, [map, start, spans.ends[i]!, axes]);
    return graph.node(reduce, `${name}/pool_${i}`, [slice], { axes: [axis], keepdims: 1 });
  });
  return pooled.length === 1 ? pooled[0]! : graph.node('Concat', `${name}/pooled`, pooled, { axis });
}

function addSpans(graph: GraphBuilder, name: string, side: string, n: number, rule: Rule, axisName: string): Spans {
  const spans = {
    integers: (values: readonly number[]) => graph.integers(values),
    step: (op: string, part: string, ...inputs: string[]) => graph.node(op, `${name}/${part}`, inputs),
    // Reshaping a list of n numbers to another count fails when the model runs.
    expectCount: (values: readonly number[], count: string, message: string) =>
      graph.node('Reshape', `${name}/${message}`, [graph.integers(values), count]),
  };
  const { starts, ends } = ruleOf(rule).exported.onnx(spans, side, n, axisName);
  return { starts: splitUp(graph, starts, n), ends: splitUp(graph, ends, n) };
}

function splitUp(graph: GraphBuilder, list: string, n: number): readonly string[] {
  if (n === 1) return [list];
  const parts = Array.from({ length: n }, (_, i) => `${list}_${i}`);
  return graph.nodeWithOutputs('Split', `${list}/split`, [list, graph.integers(parts.map(() => 1))], parts, {
    axis: 0,
  });
}
