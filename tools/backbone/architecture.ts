/** One convolution of MobileNetV2, batch norm folded in. */
export interface ConvPlan {
  name: string;
  kind: 'conv' | 'depthwise';
  /** Side of the square kernel. */
  kernel: 1 | 3;
  stride: 1 | 2;
  /** Channels in; for a depthwise convolution also the channels out. */
  input: number;
  output: number;
  /** ReLU6 after the bias; the narrow ends of the blocks are linear. */
  relu6: boolean;
  /** Name of the convolution whose output is added to this one's (inverted residual), if any. */
  residual: string | null;
}

/** Expansion t, channels c, repeats n, first stride s: Sandler et al. 2018 (arXiv 1801.04381), table 2, width 1.0. */
const STAGES = [
  [1, 16, 1, 1],
  [6, 24, 2, 2],
  [6, 32, 3, 2],
  [6, 64, 4, 2],
  [6, 96, 3, 1],
  [6, 160, 3, 2],
  [6, 320, 1, 1],
] as const;

/**
 * The 52 convolutions of MobileNetV2 1.0 up to the last ReLU6 (1280 channels, stride 32), in forward order.
 * Names follow Keras: `Conv1`, `expanded_conv_depthwise`, `block_1_expand`, …, `Conv_1`.
 */
export function mobileNetV2(): ConvPlan[] {
  const plan: ConvPlan[] = [
    { name: 'Conv1', kind: 'conv', kernel: 3, stride: 2, input: 3, output: 32, relu6: true, residual: null },
  ];
  let channels = 32;
  let block = 0;
  let previous = 'Conv1';
  for (const [expansion, output, repeats, firstStride] of STAGES) {
    for (let repeat = 0; repeat < repeats; repeat++) {
      const prefix = block === 0 ? 'expanded_conv' : `block_${block}`;
      const wide = channels * expansion;
      const base = { residual: null, input: wide, output: wide, relu6: true } as const;
      if (expansion > 1) {
        plan.push({ ...base, name: `${prefix}_expand`, kind: 'conv', kernel: 1, stride: 1, input: channels });
      }
      plan.push({
        ...base,
        name: `${prefix}_depthwise`,
        kind: 'depthwise',
        kernel: 3,
        stride: repeat === 0 ? firstStride : 1,
      });
      const residual = repeat > 0 ? previous : null;
      previous = `${prefix}_project`;
      plan.push({ ...base, name: previous, kind: 'conv', kernel: 1, stride: 1, output, relu6: false, residual });
      channels = output;
      block++;
    }
  }
  plan.push({
    name: 'Conv_1',
    kind: 'conv',
    kernel: 1,
    stride: 1,
    input: channels,
    output: 1280,
    relu6: true,
    residual: null,
  });
  return plan;
}

/** Shape of a convolution's weights as TensorFlow stores them: `[h,w,in,out]`, depthwise `[h,w,channels,1]`. */
export function weightShape(conv: ConvPlan): number[] {
  return conv.kind === 'conv'
    ? [conv.kernel, conv.kernel, conv.input, conv.output]
    : [conv.kernel, conv.kernel, conv.input, 1];
}

/** Weights of one convolution: `weights` in {@link weightShape} order, `bias` per output channel. */
export interface ConvWeights {
  weights: Float32Array;
  bias: Float32Array;
}
