import type { WebGPUProgram } from '@tensorflow/tfjs-backend-webgpu';
import { windowCount, type MapShape, type SppAttributes } from './attributes.ts';
import { BIN_ROW, PLACED_WINDOW_ROW, type Plan } from './plan.ts';
import type { WorkgroupShape } from './workgroup.ts';

/** What is pooled how, and by how many invocations. */
export interface WindowProgramOptions {
  attributes: SppAttributes;
  map: MapShape;
  plan: Plan;
  workgroup: WorkgroupShape;
}

/**
 * All levels and all windows in one dispatch. A workgroup owns a block of channels of one window: its invocations first
 * pool bins from the map, then, past a barrier, take the bins of nesting levels from those in `result`.
 */
export abstract class SppWindowProgram implements WebGPUProgram {
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
  private readonly workgroup: WorkgroupShape;
  private readonly shapeUniforms: [width: number, lanes: number, blocks: number];

  /**
   * @param name tells the subclass's code apart from all others
   * @param components values that an invocation reads and writes at once
   */
  constructor(
    name: string,
    components: 1 | 4,
    { attributes, map: [, width, channels], plan, workgroup }: WindowProgramOptions,
  ) {
    this.workgroup = workgroup;
    this.shaderKey = `${name}_${components}_${workgroup.channels}x${workgroup.bins}`;
    this.workgroupSize = [workgroup.channels * workgroup.bins, 1, 1];
    this.variableComponents = [components, 1];
    this.outputComponent = components;
    this.outputShape = [windowCount(attributes), plan.bins * channels];
    const lanes = channels / components;
    const blocks = Math.ceil(lanes / workgroup.channels);
    this.shapeUniforms = [width, lanes, blocks];
    this.dispatch = [windowCount(attributes) * blocks, 1, 1];
  }

  /**
   * WGSL of two functions of one value type, that of `result`:
   * `poolCells(top, bottom, left, right, lane)` of the cells of a bin, and `merge(best, candidate, lane)` of two bins.
   */
  protected abstract functions(): string;

  /** Values of {@link uniforms}, in their order. */
  uniformData(plan: Plan): { type: string; data: number[] }[] {
    const [windows] = this.outputShape as [number, number];
    return [windows, plan.bins, plan.pooled, plan.windowTable, ...this.shapeUniforms].map((value) => ({
      type: 'int32',
      data: [value],
    }));
  }

  getUserCode(): string {
    const { channels, bins } = this.workgroup;
    return /* wgsl */ `
      ${this.functions()}

      fn main(index : i32) {
        let local = i32(localIndex);
        let group = index / ${this.workgroupSize[0]};
        let window = group / uniforms.blocks;
        let lane = (group % uniforms.blocks) * ${channels} + local % ${channels};
        let firstItem = local / ${channels};
        let live = window < uniforms.windows && lane < uniforms.lanes;
        let base = window * uniforms.bins * uniforms.lanes + lane;

        if (live) {
          let place = uniforms.windowTable + window * ${PLACED_WINDOW_ROW};
          let top = plan[place];
          let left = plan[place + 1];
          let rowSpans = plan[place + 4];
          let columnSpans = plan[place + 5];
          for (var item = firstItem; item < uniforms.pooled; item += ${bins}) {
            let rowSpan = rowSpans + plan[item * ${BIN_ROW}] * 2;
            let columnSpan = columnSpans + plan[item * ${BIN_ROW} + 1] * 2;
            result[base + plan[item * ${BIN_ROW} + 2] * uniforms.lanes] = poolCells(
              top + plan[rowSpan], top + plan[rowSpan + 1], left + plan[columnSpan], left + plan[columnSpan + 1], lane);
          }
        }
        storageBarrier();
        if (live) {
          for (var item = uniforms.pooled + firstItem; item < uniforms.bins; item += ${bins}) {
            let source = plan[item * ${BIN_ROW}];
            let ratio = plan[item * ${BIN_ROW} + 1];
            let stride = plan[item * ${BIN_ROW} + 2];
            var best = result[base + source * uniforms.lanes];
            for (var row = 0; row < ratio; row++) {
              for (var column = 0; column < ratio; column++) {
                best = merge(best, result[base + (source + row * stride + column) * uniforms.lanes], lane);
              }
            }
            result[base + plan[item * ${BIN_ROW} + 3] * uniforms.lanes] = best;
          }
        }
      }
    `;
  }
}
