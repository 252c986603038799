import type { GraphBuilder } from '../onnx/GraphBuilder.ts';

/**
 * The windows of a map pooled by max: MaxRoiPool's bins are those of the `adaptive` rule. A level that divides a finer one is the
 * maximum over its bins.
 * @param map name of [1, channels, h, w]
 * @param cells name of [n, 5], see addWindowCells.ts
 * @param name of the map
 * @returns name of [n, bins·channels], in the order [level][channel][row][column]
 */
export function addWindowVectors(
  graph: GraphBuilder,
  map: string,
  cells: string,
  levels: readonly number[],
  name: string,
): string {
  const pooled = new Map<number, string>();
  for (const n of levels.toSorted((a, b) => b - a)) {
    const finer = [...pooled].findLast(([m]) => m % n === 0);
    const label = `${name}/level_${n}`;
    if (finer) {
      const [m, value] = finer;
      const side = m / n;
      pooled.set(n, graph.node('MaxPool', label, [value], { kernel_shape: [side, side], strides: [side, side] }));
    } else {
      pooled.set(n, graph.node('MaxRoiPool', label, [map, cells], { pooled_shape: [n, n] }));
    }
  }
  const parts = levels.flatMap((n) => {
    const value = pooled.get(n);
    return value === undefined ? [] : [graph.node('Flatten', `${name}/level_${n}/flat`, [value], { axis: 1 })];
  });
  return parts.length === 1 && parts[0] !== undefined
    ? parts[0]
    : graph.node('Concat', `${name}/vector`, parts, { axis: 1 });
}
