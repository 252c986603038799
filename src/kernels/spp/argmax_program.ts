import type { WebGPUProgram } from '@tensorflow/tfjs-backend-webgpu';
import { windowCount, type MapShape, type SppAttributes } from './attributes.ts';
import { BIN_ROW, PLACED_WINDOW_ROW, type Plan } from './plan.ts';
import type { WorkgroupShape } from './workgroup.ts';

/** Where each maximum stands: flat cell indices, first in row-major order. Laid out like {@link SppPoolProgram}. */
export class SppArgmaxProgram implements WebGPUProgram {
  readonly variableNames = ['map', 'plan'];
  readonly outputShape: number[];
  readonly shaderKey: string;
  readonly dispatchLayout = { x: [0, 1] };
  readonly dispatch: [number, number, number];
  readonly workgroupSize: [number, number, number];
  readonly uniforms =
    'windows : i32, bins : i32, pooled : i32, windowTable : i32, width : i32, channels : i32, blocks : i32,';
  private readonly shapeUniforms: [width: number, channels: number, blocks: number];

  constructor(
    attributes: SppAttributes,
    [, width, channels]: MapShape,
    plan: Plan,
    private readonly workgroup: WorkgroupShape,
  ) {
    this.shaderKey = `spp_argmax_${workgroup.channels}x${workgroup.bins}`;
    this.workgroupSize = [workgroup.channels * workgroup.bins, 1, 1];
    this.outputShape = [windowCount(attributes), plan.bins * channels];
    const blocks = Math.ceil(channels / workgroup.channels);
    this.shapeUniforms = [width, channels, blocks];
    this.dispatch = [windowCount(attributes) * blocks, 1, 1];
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
    return /* wgsl */ `
      fn valueAt(cell : i32, channel : i32) -> f32 {
        return map[cell * uniforms.channels + channel];
      }

      // Whether a candidate beats the best so far: higher, or NaN, or as high and earlier in the map.
      fn wins(candidate : f32, candidateCell : i32, best : f32, bestCell : i32) -> bool {
        let tie = candidate == best || (isnan(candidate) && isnan(best));
        return candidate > best || (isnan(candidate) && !isnan(best)) || (tie && candidateCell < bestCell);
      }

      fn main(index : i32) {
        let local = i32(localIndex);
        let group = index / ${this.workgroupSize[0]};
        let window = group / uniforms.blocks;
        let channel = (group % uniforms.blocks) * ${this.workgroup.channels} + local % ${this.workgroup.channels};
        let firstItem = local / ${this.workgroup.channels};
        let live = window < uniforms.windows && channel < uniforms.channels;
        let base = window * uniforms.bins * uniforms.channels + channel;

        if (live) {
          let place = uniforms.windowTable + window * ${PLACED_WINDOW_ROW};
          let top = plan[place];
          let left = plan[place + 1];
          for (var item = firstItem; item < uniforms.pooled; item += ${this.workgroup.bins}) {
            let rowSpan = plan[place + 4] + plan[item * ${BIN_ROW}] * 2;
            let columnSpan = plan[place + 5] + plan[item * ${BIN_ROW} + 1] * 2;
            var bestCell = (top + plan[rowSpan]) * uniforms.width + left + plan[columnSpan];
            var best = valueAt(bestCell, channel);
            for (var y = top + plan[rowSpan]; y < top + plan[rowSpan + 1]; y++) {
              for (var x = left + plan[columnSpan]; x < left + plan[columnSpan + 1]; x++) {
                let cell = y * uniforms.width + x;
                let candidate = valueAt(cell, channel);
                if (wins(candidate, cell, best, bestCell)) {
                  best = candidate;
                  bestCell = cell;
                }
              }
            }
            result[base + plan[item * ${BIN_ROW} + 2] * uniforms.channels] = bestCell;
          }
        }
        storageBarrier();
        if (live) {
          for (var item = uniforms.pooled + firstItem; item < uniforms.bins; item += ${this.workgroup.bins}) {
            let source = plan[item * ${BIN_ROW}];
            let ratio = plan[item * ${BIN_ROW} + 1];
            let stride = plan[item * ${BIN_ROW} + 2];
            var bestCell = result[base + source * uniforms.channels];
            var best = valueAt(bestCell, channel);
            for (var row = 0; row < ratio; row++) {
              for (var column = 0; column < ratio; column++) {
                let cell = result[base + (source + row * stride + column) * uniforms.channels];
                let candidate = valueAt(cell, channel);
                if (wins(candidate, cell, best, bestCell)) {
                  best = candidate;
                  bestCell = cell;
                }
              }
            }
            result[base + plan[item * ${BIN_ROW} + 3] * uniforms.channels] = bestCell;
          }
        }
      }
    `;
  }
}
