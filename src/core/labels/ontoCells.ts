interface Sides {
  height: number;
  width: number;
}

/**
 * Shares of one map's cells put onto the cells of another map of the same picture: a cell gives to each cell that it covers by the part of it
 * that lies there, so that the sum stays what it was.
 * @param values [from.height·from.width]
 * @returns [to.height·to.width]
 */
export function ontoCells(values: ArrayLike<number>, from: Sides, to: Sides): Float64Array {
  const rows = overlaps(from.height, to.height);
  const columns = overlaps(from.width, to.width);
  const out = new Float64Array(to.height * to.width);
  for (const [y, row, high] of rows) {
    for (const [x, column, wide] of columns) {
      const at = row * to.width + column;
      out[at] = (out[at] ?? 0) + (values[y * from.width + x] ?? 0) * high * wide;
    }
  }
  return out;
}

/** Which cell of `from` along a side lies how much in which of `to`: [from, to, part of the former]. */
function overlaps(from: number, to: number): [number, number, number][] {
  const parts: [number, number, number][] = [];
  for (let i = 0; i < from; i++) {
    for (let j = Math.floor((i * to) / from); j < to && j * from < (i + 1) * to; j++) {
      const part = Math.min((i + 1) * to, (j + 1) * from) - Math.max(i * to, j * from);
      if (part > 0) parts.push([i, j, part / to]);
    }
  }
  return parts;
}
