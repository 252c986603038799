/** L2 norm of each bin's values in a vector [bins·channels], bin-major. Summed in float64. */
export function binStrengths(vector: Float32Array, channels: number): Float64Array {
  const norms = new Float64Array(vector.length / channels);
  for (let bin = 0; bin < norms.length; bin++) {
    let sum = 0;
    for (let at = bin * channels; at < (bin + 1) * channels; at++) sum += (vector[at] ?? 0) ** 2;
    norms[bin] = Math.sqrt(sum);
  }
  return norms;
}
