import { COLOUR_SIZE, type Regions, TEXTURE_SIZE } from './regionFeatures.ts';

/** A pair of neighbours that may become one region. */
interface Pair {
  a: number;
  b: number;
  similarity: number;
}

/**
 * Hierarchical grouping (Uijlings et al. 2013, algorithm 1): the most similar neighbours join until one region is left.
 *
 * @param colour whether colours count among texture, size and fill
 * @returns boxes of all regions, of the last first (the whole picture), then as they were made, backwards: [n, 4]
 */
export function groupRegions(base: Regions, pixels: number, colour: boolean): Int32Array {
  const all = 2 * base.count - 1;
  const grown: Grown = {
    colour: grow(base.colour, new Float32Array(all * COLOUR_SIZE)),
    texture: grow(base.texture, new Float32Array(all * TEXTURE_SIZE)),
    sizes: grow(base.sizes, new Int32Array(all)),
    boxes: grow(base.boxes, new Int32Array(4 * all)),
  };
  const neighbours = base.neighbours.map((set) => new Set(set));
  let pairs: Pair[] = [];
  const pairOf = (a: number, b: number): Pair => ({ a, b, similarity: similarity(grown, a, b, pixels, colour) });
  base.neighbours.forEach((set, a) => {
    for (const b of set) if (a < b) pairs.push(pairOf(a, b));
  });
  let made = base.count;
  while (pairs.length > 0) {
    let best = pairs[0] as Pair;
    for (const pair of pairs) if (pair.similarity > best.similarity) best = pair;
    const { a, b } = best;
    join(grown, a, b, made);
    const around = new Set<number>();
    for (const old of [a, b])
      for (const other of neighbours[old] ?? []) if (other !== a && other !== b) around.add(other);
    pairs = pairs.filter((pair) => pair.a !== a && pair.a !== b && pair.b !== a && pair.b !== b);
    for (const other of around) {
      neighbours[other]?.delete(a);
      neighbours[other]?.delete(b);
      neighbours[other]?.add(made);
      pairs.push(pairOf(other, made));
    }
    neighbours[made] = around;
    made++;
  }
  const boxes = new Int32Array(4 * made);
  for (let region = 0; region < made; region++) {
    boxes.set(grown.boxes.subarray(4 * region, 4 * region + 4), 4 * (made - 1 - region));
  }
  return boxes;
}

interface Grown {
  colour: Float32Array;
  texture: Float32Array;
  sizes: Int32Array;
  boxes: Int32Array;
}

function grow<T extends Float32Array | Int32Array>(values: T, into: T): T {
  into.set(values);
  return into;
}

/** Colour + texture + size + fill, each 0 … 1 (§3.2, equations 1, 3, 5 and 6). */
function similarity(
  { colour, texture, sizes, boxes }: Grown,
  a: number,
  b: number,
  pixels: number,
  useColour: boolean,
): number {
  const both = (sizes[a] as number) + (sizes[b] as number);
  const [width, height] = [0, 1].map((axis) => {
    const low = Math.min(boxes[4 * a + axis] as number, boxes[4 * b + axis] as number);
    return Math.max(boxes[4 * a + axis + 2] as number, boxes[4 * b + axis + 2] as number) - low;
  }) as [number, number];
  const size = 1 - both / pixels;
  const fill = 1 - (width * height - both) / pixels;
  const byColour = useColour ? shared(colour, a, b, COLOUR_SIZE) : 0;
  return byColour + shared(texture, a, b, TEXTURE_SIZE) + size + fill;
}

/** Histogram intersection. */
function shared(histograms: Float32Array, a: number, b: number, length: number): number {
  let sum = 0;
  for (let i = a * length, j = b * length, end = i + length; i < end; i++, j++) {
    const [x, y] = [histograms[i] as number, histograms[j] as number];
    sum += x < y ? x : y;
  }
  return sum;
}

/** Histograms of two regions together are the mean weighted by their sizes (§3.2, equation 2). */
function join({ colour, texture, sizes, boxes }: Grown, a: number, b: number, made: number): void {
  const [sizeA, sizeB] = [sizes[a] as number, sizes[b] as number];
  const both = sizeA + sizeB;
  for (const [values, length] of [
    [colour, COLOUR_SIZE],
    [texture, TEXTURE_SIZE],
  ] as const) {
    for (let i = 0; i < length; i++) {
      const [x, y] = [values[a * length + i] as number, values[b * length + i] as number];
      values[made * length + i] = (sizeA * x + sizeB * y) / both;
    }
  }
  sizes[made] = both;
  for (let side = 0; side < 4; side++) {
    const [x, y] = [boxes[4 * a + side] as number, boxes[4 * b + side] as number];
    boxes[4 * made + side] = side < 2 ? Math.min(x, y) : Math.max(x, y);
  }
}
