import { RECIPE_MODULE } from './bytes.ts';
import { MOMENT_CHANNELS, PANEL_COLUMNS, PANEL_ROWS } from './layout.ts';

const PAGE = 65_536;

/** The recipe's inner loops over one block of memory. Places and strides are in floats. */
export interface RecipeKernels {
  readonly simd: boolean;
  readonly floats: Float32Array;
  /** out[i] = √max(x[i], 0) − centre[i], over `length` floats. */
  root(x: number, centre: number, out: number, length: number): void;
  /**
   * C += A·B.
   * @param a 2·`pairs` rows of `length` floats, `aStride` apart
   * @param b a panel [length, 16], row by row
   * @param c 2·`pairs` rows of 16, `cStride` apart
   */
  panel(a: number, aStride: number, b: number, c: number, cStride: number, pairs: number, length: number): void;
}

let compiled: WebAssembly.Module | null | undefined;

/** The kernels' exports on a memory; null where the engine has no WebAssembly SIMD. */
export function recipeExports(memory: () => WebAssembly.Memory) {
  if (compiled === undefined) {
    const bytes = Uint8Array.from(atob(RECIPE_MODULE), (character) => character.charCodeAt(0));
    compiled = WebAssembly.validate(bytes) ? new WebAssembly.Module(bytes) : null;
  }
  if (!compiled) return null;
  const own = memory();
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory: own } });
  return { memory: own, run: exports as Record<'root' | 'panel' | 'moments', (...values: number[]) => void> };
}

export function memoryOf(bytes: number): WebAssembly.Memory {
  return new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE) });
}

/**
 * @param length floats of memory
 * @param simd false forces the JavaScript loops
 */
export function createRecipeKernels(length: number, simd = true): RecipeKernels {
  const own = simd ? recipeExports(() => memoryOf(4 * length)) : null;
  if (!own) return plainKernels(new Float32Array(length));
  const { memory, run } = own;
  return {
    simd: true,
    floats: new Float32Array(memory.buffer),
    root: (x, centre, out, count) => run.root(4 * x, 4 * centre, 4 * out, 4 * count),
    panel: (a, aStride, b, c, cStride, pairs, count) =>
      run.panel(4 * a, 4 * aStride, 4 * b, 4 * c, 4 * cStride, pairs, 4 * count),
  };
}

function plainKernels(floats: Float32Array): RecipeKernels {
  return {
    simd: false,
    floats,
    root(x, centre, out, count) {
      for (let i = 0; i < count; i++) {
        const value = floats[x + i]!;
        floats[out + i] = Math.sqrt(value > 0 ? value : 0) - floats[centre + i]!;
      }
    },
    panel(a, aStride, b, c, cStride, pairs, count) {
      for (let row = 0; row < pairs * PANEL_ROWS; row++) {
        for (let i = 0; i < count; i++) {
          const factor = floats[a + row * aStride + i]!;
          const from = b + i * PANEL_COLUMNS;
          const to = c + row * cStride;
          for (let j = 0; j < PANEL_COLUMNS; j++) floats[to + j]! += factor * floats[from + j]!;
        }
      }
    },
  };
}

/** Each channel's mean and Σ (x − mean)² over some cells, for {@link MomentsKernel.run}. */
export interface MomentsKernel {
  /** Floats that fit. */
  readonly room: number;
  /** Where cells are put before a run. */
  readonly cells: Float32Array;
  readonly means: Float64Array;
  readonly squares: Float64Array;
  /** @param channels a multiple of 8, {@link MOST_MOMENT_CHANNELS} at most */
  run(count: number, channels: number): void;
}

export const MOST_MOMENT_CHANNELS = 2048;
const MOMENTS_ROOM = 2 ** 18;

let moments: MomentsKernel | null | undefined;

/** One for all of this thread, who use it in one go; null where the engine has no WebAssembly SIMD. */
export function momentsKernel(): MomentsKernel | null {
  if (moments !== undefined) return moments;
  const results = 8 * MOST_MOMENT_CHANNELS;
  const own = recipeExports(() => memoryOf(2 * results + 4 * MOMENTS_ROOM));
  if (!own) return (moments = null);
  const { memory, run } = own;
  const { buffer } = memory;
  return (moments = {
    room: MOMENTS_ROOM,
    means: new Float64Array(buffer, 0, MOST_MOMENT_CHANNELS),
    squares: new Float64Array(buffer, results, MOST_MOMENT_CHANNELS),
    cells: new Float32Array(buffer, 2 * results, MOMENTS_ROOM),
    run: (count, channels) => run.moments(2 * results, count, 4 * channels, 0, results),
  });
}

/** Whether {@link momentsKernel} takes cells of so many channels. */
export function fitsMoments(channels: number): boolean {
  return channels % MOMENT_CHANNELS === 0 && channels <= MOST_MOMENT_CHANNELS;
}
