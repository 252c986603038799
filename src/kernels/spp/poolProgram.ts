import { SppWindowProgram, type WindowProgramOptions } from './windowProgram.ts';

/** Floats that an invocation reads and writes at once. */
export function componentsFor(channels: number): 1 | 4 {
  return channels % 4 === 0 ? 4 : 1;
}

/** The pooled values themselves. */
export class SppPoolProgram extends SppWindowProgram {
  private readonly mean: boolean;

  constructor(options: WindowProgramOptions) {
    const { pooling } = options.attributes;
    super(`spp_pool_${pooling}`, componentsFor(options.map[2]), options);
    this.mean = pooling === 'mean';
  }

  protected functions(): string {
    const wide = this.outputComponent === 4;
    const value = wide ? 'vec4<f32>' : 'f32';
    const isNan = wide ? 'isnanVec4' : 'isnan';
    return /* wgsl */ `
      fn merge(best : ${value}, candidate : ${value}, lane : i32) -> ${value} {
        return select(best, candidate, (candidate > best) | ${isNan}(candidate));
      }

      fn poolCells(top : i32, bottom : i32, left : i32, right : i32, lane : i32) -> ${value} {
        ${this.mean ? this.meanCode(value) : this.maxCode()}
      }`;
  }

  private maxCode(): string {
    return /* wgsl */ `
        var best = map[(top * uniforms.width + left) * uniforms.lanes + lane];
        for (var y = top; y < bottom; y++) {
          let start = (y * uniforms.width + left) * uniforms.lanes + lane;
          let end = start + (right - left) * uniforms.lanes;
          for (var at = start; at < end; at += uniforms.lanes) {
            best = merge(best, map[at], lane);
          }
        }
        return best;`;
  }

  // Row sums first: the rounding of single precision then grows with the sides of a bin, not with its area.
  private meanCode(value: string): string {
    return /* wgsl */ `
        var sum = ${value}(0.0);
        for (var y = top; y < bottom; y++) {
          let start = (y * uniforms.width + left) * uniforms.lanes + lane;
          let end = start + (right - left) * uniforms.lanes;
          var rowSum = ${value}(0.0);
          for (var at = start; at < end; at += uniforms.lanes) {
            rowSum += map[at];
          }
          sum += rowSum;
        }
        return sum / f32((bottom - top) * (right - left));`;
  }
}
