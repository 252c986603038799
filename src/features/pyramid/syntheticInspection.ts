import type { Inspection, SizePlan } from '../../core/model.ts';
import { binCount, pyramidBins, type Rule } from '../../core/pyramid/geometry.ts';

export interface SyntheticOptions {
  height: number;
  width: number;
  channels: number;
  levels: number[];
  rule?: Rule;
  seed?: number;
  plan?: SizePlan;
}

/** Numbers in 0…1 that repeat for a seed (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Max-pools a map [height, width, channels] bin by bin, cell by cell: slow and plain, for tests and previews of the panel. */
export function poolPlainly(
  map: Float32Array,
  height: number,
  width: number,
  channels: number,
  levels: number[],
  rule: Rule,
): { vector: Float32Array; argmax: Int32Array } {
  const vector = new Float32Array(binCount(levels) * channels);
  const argmax = new Int32Array(vector.length);
  for (const bin of pyramidBins({ top: 0, left: 0, bottom: height, right: width }, levels, rule)) {
    for (let channel = 0; channel < channels; channel++) {
      let best = -Infinity;
      for (let y = bin.top; y < bin.bottom; y++) {
        for (let x = bin.left; x < bin.right; x++) {
          const value = map[(y * width + x) * channels + channel] ?? 0;
          if (value <= best) continue;
          best = value;
          vector[bin.index * channels + channel] = value;
          argmax[bin.index * channels + channel] = y * width + x;
        }
      }
    }
  }
  return { vector, argmax };
}

/** An Inspection of an image that never was: a ReLU6-like random map with smooth blobs, pooled plainly. */
export function syntheticInspection(options: SyntheticOptions): Inspection {
  const { height, width, channels, levels, rule = 'adaptive', seed = 1 } = options;
  const next = random(seed);
  const map = new Float32Array(height * width * channels);
  for (let channel = 0; channel < channels; channel++) {
    const [y0, x0, size, peak] = [next() * height, next() * width, 0.5 + next() * 2, next() * 12 - 4] as const;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const near = Math.exp(-((y + 0.5 - y0) ** 2 + (x + 0.5 - x0) ** 2) / (2 * size * size));
        map[(y * width + x) * channels + channel] = Math.min(6, Math.max(0, peak * near + next() * 0.5 - 0.25));
      }
    }
  }
  const { vector, argmax } = poolPlainly(map, height, width, channels, levels, rule);
  const input = options.plan?.input ?? { width: width * 32, height: height * 32 };
  return {
    facts: { width: input.width, height: input.height, format: 'PNG', bytes: 0 },
    plan: options.plan ?? { policy: { kind: 'native', maxPixels: 1e6 }, source: { x: 0, y: 0, ...input }, input },
    map: { height, width, channels },
    backbone: 'embedded',
    vectorLength: vector.length,
    backend: 'cpu',
    head: null,
    top: [],
    times: { decode: 0, size: 0, backbone: 0, spp: 0, head: 0, total: 0 },
    notices: [],
    thumbnail: null,
    pyramid: { levels, rule, pooling: 'max' },
    vector,
    argmax,
    evidence: [],
    headPyramid: null,
    preview: new Blob(),
  };
}
