import { MOST_LOG } from '../../core/find/boxRegression.ts';
import type { GraphBuilder } from '../onnx/GraphBuilder.ts';
import type { BoxNames } from './addWindowCells.ts';

/**
 * Boxes moved by what regressors say of them, and clipped (core/find/boxRegression.ts).
 * @param offsets name of [n, 4·classes]: tx, ty, tw, th of each class
 * @param output name of the result, [n, classes, 4]
 */
export function addRegressedBoxes(
  graph: GraphBuilder,
  { low, high, size }: BoxNames,
  offsets: string,
  classes: number,
  output: string,
): string {
  const number = (value: number) => graph.floats(`number/${value}`, [], Float32Array.of(value));
  const step = (op: string, name: string, ...inputs: string[]) => graph.node(op, `${output}/${name}`, inputs);
  // One row of sides for all classes: [n, 1, 2].
  const rows = (name: string, value: string) =>
    graph.node('Reshape', `${output}/${name}`, [value, graph.integers([-1, 1, 2])]);
  const sides = rows('sides', step('Sub', 'extent', high, low));
  const centre = rows('centre', step('Mul', 'middle', step('Add', 'both', low, high), number(0.5)));
  const each = step('Reshape', 'by_class', offsets, graph.integers([-1, classes, 4]));
  const [shift = '', log = ''] = graph.nodeWithOutputs(
    'Split',
    `${output}/parts`,
    [each, graph.integers([2, 2])],
    [`${output}/shift`, `${output}/log`],
    { axis: 2 },
  );
  const clamped = step('Min', 'log_at_most', step('Max', 'log_at_least', log, number(-MOST_LOG)), number(MOST_LOG));
  const half = step('Mul', 'half', step('Mul', 'new_sides', step('Exp', 'ratio', clamped), sides), number(0.5));
  const at = step('Add', 'new_centre', centre, step('Mul', 'moved', shift, sides));
  const ends = [step('Sub', 'new_low', at, half), step('Add', 'new_high', at, half)];
  const moved = graph.node('Concat', `${output}/whole`, ends, { axis: 2 });
  const limits = graph.node('Concat', `${output}/limits`, [size, size], { axis: 0 });
  return graph.node('Min', output, [step('Max', 'from_0', moved, number(0)), limits]);
}
