import type { WebGPUProgram } from '@tensorflow/tfjs-backend-webgpu';
import { windowCount, type MapShape, type SppAttributes } from './attributes.ts';
import { BIN_ROW, PLACED_WINDOW_ROW, type Plan } from './plan.ts';
import type { WorkgroupShape } from './workgroup.ts';

/** Floats that an invocation reads and writes at once. */
export function componentsFor(channels: number): 1 | 4 {
  return channels % 4 === 0 ? 4 : 1;
}

/**
 * All levels and all windows in one dispatch. A workgroup owns a block of channels of one window: its invocations first
 * pool bins from the map, then, past a barrier, take the bins of nesting levels from those in `result`.
 */
export class SppPoolProgram implements WebGPUProgram {
  readonly variableNames = ['map', 'plan'];
  readonly variableComponents: number[];
  readonly outputComponent: number;
  readonly outputShape: number[];
  readonly shaderKey: string;
  readonly dispatchLayout = { x: [0, 1] };
  readonly dispatch: [number, number, number];
  readonly workgroupSize: [number, number, number];
  readonly uniforms =
    'windows : i32, bins : i32, pooled : i32, windowTable : i32, width : i32, lanes : i32, blocks : i32,';
  private readonly mean: boolean;
  private readonly shapeUniforms: [width: number, lanes: number, blocks: number];

  constructor(
    attributes: SppAttributes,
    [, width, channels]: MapShape,
    plan: Plan,
    private readonly workgroup: WorkgroupShape,
  ) {
    this.workgroupSize = [workgroup.channels * workgroup.bins, 1, 1];
    this.mean = attributes.pooling === 'mean';
    this.outputComponent = componentsFor(channels);
    this.variableComponents = [this.outputComponent, 1];
    this.outputShape = [windowCount(attributes), plan.bins * channels];
    const lanes = channels / this.outputComponent;
    const blocks = Math.ceil(lanes / workgroup.channels);
    this.shapeUniforms = [width, lanes, blocks];
    this.dispatch = [windowCount(attributes) * blocks, 1, 1];
    this.shaderKey = `spp_pool_${attributes.pooling}_${this.outputComponent}_${workgroup.channels}x${workgroup.bins}`;
  }

  /** Values of {@link uniforms}, in their order. */
  uniformData(plan: Plan): { type: string; data: number[] }[] {
    const [windows] = this.outputShape as [number, number];
    return [windows, plan.bins, plan.pooled, plan.windowTable, ...this.shapeUniforms].map((value) => ({
      type: 'int32',
      data: [value],
    }));
  }

  getUserCode(): string {
    const wide = this.outputComponent === 4;
    const value = wide ? 'vec4<f32>' : 'f32';
    const isNan = wide ? 'isnanVec4' : 'isnan';
    return /* wgsl */ `
      fn higher(best : ${value}, candidate : ${value}) -> ${value} {
        return select(best, candidate, (candidate > best) | ${isNan}(candidate));
      }

      fn poolCells(top : i32, bottom : i32, left : i32, right : i32, lane : i32) -> ${value} {
        ${this.mean ? this.meanCode(value) : this.maxCode()}
      }

      fn main(index : i32) {
        let local = i32(localIndex);
        let group = index / ${this.workgroupSize[0]};
        let window = group / uniforms.blocks;
        let lane = (group % uniforms.blocks) * ${this.workgroup.channels} + local % ${this.workgroup.channels};
        let firstItem = local / ${this.workgroup.channels};
        let live = window < uniforms.windows && lane < uniforms.lanes;
        let base = window * uniforms.bins * uniforms.lanes + lane;

        if (live) {
          let place = uniforms.windowTable + window * ${PLACED_WINDOW_ROW};
          let top = plan[place];
          let left = plan[place + 1];
          let rowSpans = plan[place + 4];
          let columnSpans = plan[place + 5];
          for (var item = firstItem; item < uniforms.pooled; item += ${this.workgroup.bins}) {
            let rowSpan = rowSpans + plan[item * ${BIN_ROW}] * 2;
            let columnSpan = columnSpans + plan[item * ${BIN_ROW} + 1] * 2;
            result[base + plan[item * ${BIN_ROW} + 2] * uniforms.lanes] = poolCells(
              top + plan[rowSpan], top + plan[rowSpan + 1], left + plan[columnSpan], left + plan[columnSpan + 1], lane);
          }
        }
        storageBarrier();
        if (live) {
          for (var item = uniforms.pooled + firstItem; item < uniforms.bins; item += ${this.workgroup.bins}) {
            let source = plan[item * ${BIN_ROW}];
            let ratio = plan[item * ${BIN_ROW} + 1];
            let stride = plan[item * ${BIN_ROW} + 2];
            var best = result[base + source * uniforms.lanes];
            for (var row = 0; row < ratio; row++) {
              for (var column = 0; column < ratio; column++) {
                best = higher(best, result[base + (source + row * stride + column) * uniforms.lanes]);
              }
            }
            result[base + plan[item * ${BIN_ROW} + 3] * uniforms.lanes] = best;
          }
        }
      }
    `;
  }

  private maxCode(): string {
    return /* wgsl */ `
        var best = map[(top * uniforms.width + left) * uniforms.lanes + lane];
        for (var y = top; y < bottom; y++) {
          let start = (y * uniforms.width + left) * uniforms.lanes + lane;
          let end = start + (right - left) * uniforms.lanes;
          for (var at = start; at < end; at += uniforms.lanes) {
            best = higher(best, map[at]);
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
