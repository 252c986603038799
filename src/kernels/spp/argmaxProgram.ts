import { SppWindowProgram, type WindowProgramOptions } from './windowProgram.ts';

/** Where each maximum stands: flat cell indices, first in row-major order. */
export class SppArgmaxProgram extends SppWindowProgram {
  constructor(options: WindowProgramOptions) {
    super('spp_argmax', 1, options);
  }

  protected functions(): string {
    return /* wgsl */ `
      fn valueAt(cell : i32, lane : i32) -> f32 {
        return map[cell * uniforms.lanes + lane];
      }

      // Whether a candidate beats the best so far: higher, or NaN, or as high and earlier in the map.
      fn wins(candidate : f32, candidateCell : i32, best : f32, bestCell : i32) -> bool {
        let tie = candidate == best || (isnan(candidate) && isnan(best));
        return candidate > best || (isnan(candidate) && !isnan(best)) || (tie && candidateCell < bestCell);
      }

      fn merge(best : i32, candidate : i32, lane : i32) -> i32 {
        return select(best, candidate, wins(valueAt(candidate, lane), candidate, valueAt(best, lane), best));
      }

      fn poolCells(top : i32, bottom : i32, left : i32, right : i32, lane : i32) -> i32 {
        var bestCell = top * uniforms.width + left;
        var best = valueAt(bestCell, lane);
        for (var y = top; y < bottom; y++) {
          for (var x = left; x < right; x++) {
            let cell = y * uniforms.width + x;
            let candidate = valueAt(cell, lane);
            if (wins(candidate, cell, best, bestCell)) {
              best = candidate;
              bestCell = cell;
            }
          }
        }
        return bestCell;
      }`;
  }
}
