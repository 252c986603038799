import { blur, type Planes } from './colourSpaces.ts';

/** Regions of a picture. */
export interface Segmentation {
  /** Region of every pixel, 0 … count − 1. */
  labels: Int32Array;
  count: number;
}

/** Disjoint sets of pixels with their sizes. */
class Forest {
  readonly parent: Int32Array;
  readonly size: Int32Array;

  constructor(count: number) {
    this.parent = new Int32Array(count);
    for (let i = 0; i < count; i++) this.parent[i] = i;
    this.size = new Int32Array(count).fill(1);
  }

  find(node: number): number {
    let root = node;
    while (this.parent[root] !== root) root = this.parent[root] as number;
    let at = node;
    while (at !== root) {
      const next = this.parent[at] as number;
      this.parent[at] = root;
      at = next;
    }
    return root;
  }

  /** @returns the root of both */
  join(a: number, b: number): number {
    const [large, small] = (this.size[a] as number) >= (this.size[b] as number) ? [a, b] : [b, a];
    this.parent[small] = large;
    this.size[large] = (this.size[large] as number) + (this.size[small] as number);
    return large;
  }
}

/** Edges between neighbouring pixels (8-connected), shortest first. */
interface Edges {
  from: Int32Array;
  to: Int32Array;
  weight: Float32Array;
}

/** Steps in which lengths are told apart when they are sorted: 65,536 over the range of lengths. */
const LENGTHS = 2 ** 16;

/** Edges of a picture blurred by σ = `sigma`, with the distance of both colours as their length. */
export function pixelEdges({ planes, width, height }: Planes, sigma: number): Edges {
  const [a, b, c] = planes.map((plane) => blur(plane, width, height, sigma)) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const count = (width - 1) * height + width * (height - 1) + 2 * (width - 1) * (height - 1);
  const [from, to, weight] = [new Int32Array(count), new Int32Array(count), new Float32Array(count)];
  let edge = 0;
  let longest = 0;
  const add = (p: number, q: number) => {
    const da = (a[p] as number) - (a[q] as number);
    const db = (b[p] as number) - (b[q] as number);
    const dc = (c[p] as number) - (c[q] as number);
    const length = Math.sqrt(da * da + db * db + dc * dc);
    from[edge] = p;
    to[edge] = q;
    weight[edge++] = length;
    if (length > longest) longest = length;
  };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const p = y * width + x;
      const [right, below] = [x + 1 < width, y + 1 < height];
      if (right) add(p, p + 1);
      if (below) add(p, p + width);
      if (right && below) {
        add(p, p + width + 1);
        add(p + 1, p + width);
      }
    }
  }
  return sorted({ from, to, weight }, longest);
}

/** Counting sort: edges of the same step stay in their order. */
function sorted({ from, to, weight }: Edges, longest: number): Edges {
  const scale = longest > 0 ? (LENGTHS - 1) / longest : 0;
  const starts = new Int32Array(LENGTHS + 1);
  for (const length of weight) {
    const next = Math.floor(length * scale) + 1;
    starts[next] = (starts[next] as number) + 1;
  }
  for (let i = 0; i < LENGTHS; i++) starts[i + 1] = (starts[i + 1] as number) + (starts[i] as number);
  const out = {
    from: new Int32Array(from.length),
    to: new Int32Array(from.length),
    weight: new Float32Array(from.length),
  };
  for (let i = 0; i < from.length; i++) {
    const key = Math.floor((weight[i] as number) * scale);
    const at = starts[key] as number;
    starts[key] = at + 1;
    out.from[at] = from[i] as number;
    out.to[at] = to[i] as number;
    out.weight[at] = weight[i] as number;
  }
  return out;
}

/**
 * Felzenszwalb and Huttenlocher's graph-based segmentation (2004): two regions join where the edge between them is no longer than either's
 * longest inner edge plus k over its size; then regions below the smallest size join a neighbour.
 *
 * @param edges of {@link pixelEdges}, shortest first
 * @param k larger for larger regions, in units of the picture's values
 */
export function segment({ from, to, weight }: Edges, pixels: number, k: number, smallest: number): Segmentation {
  const forest = new Forest(pixels);
  const reach = new Float32Array(pixels).fill(k);
  for (let i = 0; i < from.length; i++) {
    const [a, b] = [forest.find(from[i] as number), forest.find(to[i] as number)];
    const length = weight[i] as number;
    if (a === b || length > (reach[a] as number) || length > (reach[b] as number)) continue;
    const root = forest.join(a, b);
    reach[root] = length + k / (forest.size[root] as number);
  }
  for (let i = 0; i < from.length; i++) {
    const [a, b] = [forest.find(from[i] as number), forest.find(to[i] as number)];
    if (a !== b && ((forest.size[a] as number) < smallest || (forest.size[b] as number) < smallest)) forest.join(a, b);
  }
  const names = new Int32Array(pixels).fill(-1);
  const labels = new Int32Array(pixels);
  let count = 0;
  for (let p = 0; p < pixels; p++) {
    const root = forest.find(p);
    if (names[root] === -1) names[root] = count++;
    labels[p] = names[root] as number;
  }
  return { labels, count };
}
