/** Softmax of `logits`, computed without overflow. */
export function softmax(logits: Float32Array): Float32Array {
  let max = -Infinity;
  for (const logit of logits) if (logit > max) max = logit;
  const out = new Float32Array(logits.length);
  let sum = 0;
  for (let i = 0; i < logits.length; i++) sum += out[i] = Math.exp((logits[i] as number) - max);
  for (let i = 0; i < out.length; i++) out[i] = (out[i] as number) / sum;
  return out;
}

/** Indices of the `count` largest values, best first; the lower index first on ties. */
export function topIndices(values: Float32Array, count: number): number[] {
  return Array.from(values.keys())
    .sort((a, b) => (values[b] as number) - (values[a] as number) || a - b)
    .slice(0, count);
}
