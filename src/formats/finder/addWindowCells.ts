import type { GraphBuilder } from '../onnx/GraphBuilder.ts';

/** Cells by which a border may be missed and still count: what float32 leaves open in boxes of some thousand pixels. */
const ROUNDING = 2e-5;

/** Names of a box's corners and of the input's size, all in pixels of the model's input. */
export interface BoxNames {
  /** [n, 2]: left and top. */
  low: string;
  /** [n, 2]: right and bottom. */
  high: string;
  /** [2]: width and height. */
  size: string;
}

/** Boxes of [n, 4] in their corners. */
export function addCorners(graph: GraphBuilder, boxes: string, size: string): BoxNames {
  const axis = graph.integers([1]);
  const part = (name: string, from: number) =>
    graph.node('Slice', name, [boxes, graph.integers([from]), graph.integers([from + 2]), axis]);
  return { low: part('boxes/low', 0), high: part('boxes/high', 2), size };
}

/**
 * The cells of a map that each box takes (core/find/windowCells.ts): those whose centres lie in it, or the one nearest to its middle. Both axes
 * are worked out at once.
 * @param stride of the map, a power of two
 * @param map names the nodes
 * @returns name of [n, 5]: 0, first column, first row, last column, last row, as MaxRoiPool takes them at scale 1
 */
export function addWindowCells(
  graph: GraphBuilder,
  { low, high, size }: BoxNames,
  stride: number,
  map: string,
): string {
  const number = (value: number) => graph.floats(`number/${value}`, [], Float32Array.of(value));
  const step = (op: string, name: string, ...inputs: string[]) => graph.node(op, `${map}/cells/${name}`, inputs);
  // n₀ = side, nₛ₊₁ = ⌈nₛ/2⌉, phase = Σ 2ˢ·[nₛ even]: ⌈n/2⌉ − ⌊n/2⌋ is 1 where n is odd.
  let side = size;
  let phase = '';
  for (let s = 0, pixels = 1; pixels < stride; s++, pixels *= 2) {
    const half = step('Mul', `half_${s}`, side, number(0.5));
    const up = step('Ceil', `side_${s + 1}`, half);
    const odd = step('Sub', `odd_${s}`, up, step('Floor', `down_${s}`, half));
    const even = step('Sub', `even_${s}`, number(1), odd);
    const term = step('Mul', `term_${s}`, even, number(pixels));
    phase = s === 0 ? term : step('Add', `phase_${s}`, phase, term);
    side = up;
  }
  const centre = step('Add', 'first_centre', phase, number(0.5));
  const inCells = (name: string, at: string) =>
    step('Div', name, step('Sub', `${name}_from_centre`, at, centre), number(stride));
  const last = step('Sub', 'last_of_map', side, number(1));
  const within = (name: string, cell: string) =>
    step('Min', name, step('Max', `${name}_from_0`, cell, number(0)), last);
  const begin = step('Ceil', 'begin', step('Sub', 'begin_rounded', inCells('low', low), number(ROUNDING)));
  const end = step('Floor', 'end', step('Add', 'end_rounded', inCells('high', high), number(ROUNDING)));
  const middle = step('Mul', 'middle', step('Add', 'both', low, high), number(0.5));
  const rounded = step('Add', 'middle_rounded', inCells('at_middle', middle), number(0.5 + ROUNDING));
  const nearest = within('nearest', step('Floor', 'nearest_of_all', rounded));
  const outside = step('Or', 'outside', step('Less', 'before', end, number(0)), step('Greater', 'behind', begin, last));
  const none = step('Or', 'none', outside, step('Greater', 'between', begin, end));
  const from = step('Where', 'from', none, nearest, within('begin_within', begin));
  const to = step('Where', 'to', none, nearest, within('end_within', end));
  const image = graph.node('Slice', `${map}/cells/column`, [
    from,
    graph.integers([0]),
    graph.integers([1]),
    graph.integers([1]),
  ]);
  return graph.node('Concat', `${map}/cells`, [step('Mul', 'image', image, number(0)), from, to], { axis: 1 });
}
