import type { WebGPUProgram } from '@tensorflow/tfjs-backend-webgpu';
import { windowCount, type MapShape, type SppAttributes } from './attributes.ts';
import { LEVEL_ROW, PLACED_WINDOW_ROW, type Plan } from './plan.ts';

/**
 * Gradient with respect to the map. Each cell gathers from the bins that hold it, in flatten order, so that the sum is the
 * same on every run and needs no float atomics. Inputs: dy, plan and, for `max`, the argmax.
 */
export class SppGradientProgram implements WebGPUProgram {
  readonly variableNames: string[];
  readonly outputShape: number[];
  readonly shaderKey: string;
  readonly dispatchLayout = { x: [0, 1, 2] };
  readonly dispatch: [number, number, number];
  readonly workgroupSize: [number, number, number] = [64, 1, 1];
  readonly size = true;
  readonly uniforms =
    'windows : i32, bins : i32, levels : i32, levelTable : i32, windowTable : i32, width : i32, channels : i32,';
  private readonly mean: boolean;

  constructor(
    private readonly attributes: SppAttributes,
    private readonly shape: MapShape,
  ) {
    this.mean = attributes.pooling === 'mean';
    this.variableNames = this.mean ? ['dy', 'plan'] : ['dy', 'plan', 'argmax'];
    this.outputShape = [...shape];
    this.dispatch = [Math.ceil((shape[0] * shape[1] * shape[2]) / this.workgroupSize[0]), 1, 1];
    this.shaderKey = `spp_gradient_${attributes.pooling}`;
  }

  /** Values of {@link uniforms}, in their order. */
  uniformData(plan: Plan): { type: string; data: number[] }[] {
    const [, width, channels] = this.shape;
    return [
      windowCount(this.attributes),
      plan.bins,
      this.attributes.levels.length,
      plan.levelTable,
      plan.windowTable,
      width,
      channels,
    ].map((value) => ({ type: 'int32', data: [value] }));
  }

  getUserCode(): string {
    const share = this.mean
      ? 'sum += dy[at] / f32((plan[rowSpan + 1] - plan[rowSpan]) * (plan[columnSpan + 1] - plan[columnSpan]));'
      : 'if (argmax[at] == cell) { sum += dy[at]; }';
    return /* wgsl */ `
      fn main(index : i32) {
        if (index >= uniforms.size) { return; }
        let channel = index % uniforms.channels;
        let cell = index / uniforms.channels;
        let y = cell / uniforms.width;
        let x = cell % uniforms.width;
        var sum = 0.0;
        for (var window = 0; window < uniforms.windows; window++) {
          let place = uniforms.windowTable + window * ${PLACED_WINDOW_ROW};
          let top = plan[place];
          let left = plan[place + 1];
          if (y < top || x < left || y >= plan[place + 2] || x >= plan[place + 3]) { continue; }
          for (var level = 0; level < uniforms.levels; level++) {
            let n = plan[uniforms.levelTable + level * ${LEVEL_ROW}];
            let firstBin = plan[uniforms.levelTable + level * ${LEVEL_ROW} + 1];
            let firstSpan = plan[uniforms.levelTable + level * ${LEVEL_ROW} + 2];
            for (var row = 0; row < n; row++) {
              let rowSpan = plan[place + 4] + (firstSpan + row) * 2;
              if (y - top < plan[rowSpan] || y - top >= plan[rowSpan + 1]) { continue; }
              for (var column = 0; column < n; column++) {
                let columnSpan = plan[place + 5] + (firstSpan + column) * 2;
                if (x - left < plan[columnSpan] || x - left >= plan[columnSpan + 1]) { continue; }
                let at = (window * uniforms.bins + firstBin + row * n + column) * uniforms.channels + channel;
                ${share}
              }
            }
          }
        }
        setOutputAtIndex(index, sum);
      }
    `;
  }
}
