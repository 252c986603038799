import type { ClassEvidence } from '../../../core/model.ts';

export interface ChannelValue {
  channel: number;
  value: number;
}

/** One channel's value in every bin. */
export function channelValues(vector: Float32Array, channels: number, channel: number): Float64Array {
  return Float64Array.from({ length: vector.length / channels }, (_, bin) => vector[bin * channels + channel] ?? 0);
}

/** The `count` largest values among `values`, largest first; on ties the lower index first. Values of 0 and below are left out. */
function largest(values: Float32Array | Float64Array, count: number): ChannelValue[] {
  const found: ChannelValue[] = [];
  values.forEach((value, channel) => {
    if (value <= 0 || (found.length === count && value <= (found.at(-1)?.value ?? 0))) return;
    const at = found.findIndex((other) => other.value < value);
    found.splice(at < 0 ? found.length : at, 0, { channel, value });
    if (found.length > count) found.pop();
  });
  return found;
}

/** A bin's strongest channels. */
export function strongestInBin(vector: Float32Array, channels: number, bin: number, count: number): ChannelValue[] {
  return largest(vector.subarray(bin * channels, (bin + 1) * channels), count);
}

/**
 * The image's strongest channels: by the mean of their values over all bins, so that a channel that is strong in many
 * places comes before one that peaks once (the plain maximum ties at 6 under ReLU6).
 */
export function strongestInImage(vector: Float32Array, channels: number, count: number): ChannelValue[] {
  const bins = vector.length / channels;
  const means = new Float64Array(channels);
  for (let channel = 0; channel < channels; channel++) {
    let sum = 0;
    for (let at = channel; at < vector.length; at += channels) sum += vector[at] ?? 0;
    means[channel] = sum / bins;
  }
  return largest(means, count);
}

/** Rank of each value, 1 for the largest; equal values share the better rank. */
export function ranks(values: ArrayLike<number>): number[] {
  const sorted = Array.from(values).sort((a, b) => b - a);
  const first = new Map<number, number>();
  sorted.forEach((value, i) => {
    if (!first.has(value)) first.set(value, i + 1);
  });
  return Array.from(values, (value) => first.get(value) ?? 0);
}

export interface Peak {
  /** Flat cell index, row-major. */
  cell: number;
  /** How many of the bin's channels have their maximum there. */
  count: number;
}

/**
 * Where a bin's maxima were found, most channels first. Channels that are 0 all over the bin have no peak and are left out:
 * their argmax is the bin's first cell by the rule for ties.
 */
export function peaks(argmax: Int32Array, vector: Float32Array, channels: number, bin: number): Peak[] {
  const counts = new Map<number, number>();
  for (let at = bin * channels; at < (bin + 1) * channels; at++) {
    if ((vector[at] ?? 0) === 0) continue;
    const cell = argmax[at] ?? 0;
    counts.set(cell, (counts.get(cell) ?? 0) + 1);
  }
  return Array.from(counts, ([cell, count]) => ({ cell, count })).sort((a, b) => b.count - a.count || a.cell - b.cell);
}

/** A class's logit put together from its parts. */
export interface EvidenceSum {
  evidence: number;
  /** Share of the middle layer, which has no place in the pyramid; null of heads that do not use it. */
  middle: number | null;
  bias: number;
  /** evidence + middle + bias */
  total: number;
  /** The logit of the forward pass. */
  logit: number;
  /** total − logit: rounding, nothing else. */
  difference: number;
}

/** Sums the evidence of all bins (or cells) in float64 and adds the bias (ARCHITECTURE.md, "Evidence"). */
export function evidenceSum(evidence: ClassEvidence): EvidenceSum {
  const parts = evidence.bins ?? evidence.cells ?? new Float32Array();
  let sum = 0;
  for (const part of parts) sum += part;
  const middle = evidence.blocks?.find(({ name }) => name === 'middle')?.total ?? null;
  const total = sum + (middle ?? 0) + evidence.bias;
  return {
    evidence: sum,
    middle,
    bias: evidence.bias,
    total,
    logit: evidence.logit,
    difference: total - evidence.logit,
  };
}

/** Cosine similarity of a[from…to) and b[from…to); null where one of them is all zeros. */
export function cosine(a: Float32Array, b: Float32Array, from = 0, to = a.length): number | null {
  let dot = 0;
  let aa = 0;
  let bb = 0;
  for (let i = from; i < to; i++) {
    const x = a[i] ?? 0;
    const y = b[i] ?? 0;
    dot += x * y;
    aa += x * x;
    bb += y * y;
  }
  return aa > 0 && bb > 0 ? Math.min(1, Math.max(-1, dot / Math.sqrt(aa * bb))) : null;
}

/** Root mean square of each of `columns` equal stretches of [from, to): what one pixel of a barcode shows. */
export function rmsPerColumn(values: Float32Array, columns: number, from = 0, to = values.length): Float32Array {
  return Float32Array.from({ length: columns }, (_, column) => {
    const start = from + Math.floor((column * (to - from)) / columns);
    const end = Math.max(start + 1, from + Math.floor(((column + 1) * (to - from)) / columns));
    let sum = 0;
    for (let i = start; i < end; i++) sum += (values[i] ?? 0) ** 2;
    return Math.sqrt(sum / (end - start));
  });
}

/** The largest value in each of `columns` equal stretches of [from, to), with where it stands: what one pixel of a barcode shows. */
export function maxPerColumn(
  values: Float32Array,
  columns: number,
  from = 0,
  to = values.length,
): { value: Float32Array; index: Int32Array } {
  const value = new Float32Array(columns);
  const index = new Int32Array(columns);
  for (let column = 0; column < columns; column++) {
    const start = from + Math.floor((column * (to - from)) / columns);
    const end = Math.max(start + 1, from + Math.floor(((column + 1) * (to - from)) / columns));
    let best = start;
    for (let i = start + 1; i < end; i++) if ((values[i] ?? 0) > (values[best] ?? 0)) best = i;
    index[column] = best;
    value[column] = values[best] ?? 0;
  }
  return { value, index };
}
