/**
 * Flatten orders of a pyramid's vector. Inside the app it is bin-major, `[bin][channel]`; PyTorch's `view(1, -1)` after each
 * level gives channel-major, `[level][channel][row][column]`. Pure.
 */
import { binCount, checkLevels, levelOffsets, PyramidError } from './geometry.ts';

/** Which float or integer array a vector is kept in. */
type Values = Float32Array | Int32Array;

function checkLength(length: number, levels: readonly number[], channels: number): void {
  checkLevels(levels);
  const wanted = binCount(levels) * channels;
  if (length !== wanted) {
    throw new PyramidError(
      `a vector of the pyramid [${levels.join(', ')}] over ${channels} channels has ${wanted} values; got ${length}`,
    );
  }
}

/** Calls `visit(binMajor, channelMajor)` for every value's two places. */
function forEachPlace(
  levels: readonly number[],
  channels: number,
  visit: (bin: number, channel: number) => void,
): void {
  const offsets = levelOffsets(levels);
  levels.forEach((n, level) => {
    const first = offsets[level] ?? 0;
    const cells = n * n;
    for (let cell = 0; cell < cells; cell++) {
      for (let channel = 0; channel < channels; channel++) {
        visit((first + cell) * channels + channel, first * channels + channel * cells + cell);
      }
    }
  });
}

/**
 * `[bin][channel]` → `[level][channel][row][column]`, the order of PyTorch, ONNX and safetensors.
 * @param vector [bins·channels] (one row of the op's output, or one class's weights)
 * @throws PyramidError when the length does not fit
 */
export function toChannelMajor<T extends Values>(vector: T, levels: readonly number[], channels: number): T {
  checkLength(vector.length, levels, channels);
  const out = vector.slice() as T;
  forEachPlace(levels, channels, (bin, channel) => {
    out[channel] = vector[bin] as number;
  });
  return out;
}

/**
 * `[level][channel][row][column]` → `[bin][channel]`; the inverse of {@link toChannelMajor}.
 * @throws PyramidError when the length does not fit
 */
export function toBinMajor<T extends Values>(vector: T, levels: readonly number[], channels: number): T {
  checkLength(vector.length, levels, channels);
  const out = vector.slice() as T;
  forEachPlace(levels, channels, (bin, channel) => {
    out[bin] = vector[channel] as number;
  });
  return out;
}
