import * as v from 'valibot';
import { AnysizeError } from '../core/errors.ts';
import { float16ToFloat32 } from '../core/float16.ts';

/** One convolution of the backbone with bias, TensorFlow's SAME padding and, where `relu6`, a clip to 0…6. */
export interface BackboneConv {
  kind: 'conv';
  name: string;
  input: string;
  stride: number;
  /** 1, or the number of channels for a depthwise convolution. */
  group: number;
  /** [out, in / group, height, width]. */
  shape: [number, number, number, number];
  weights: Float32Array;
  bias: Float32Array;
  relu6: boolean;
}

/** One step of the backbone, in forward order. `input` names an earlier step or the graph's input. */
export type BackboneStep =
  | BackboneConv
  | { kind: 'add'; name: string; inputs: [string, string] }
  | { kind: 'multiply' | 'subtract'; name: string; input: string; value: number };

/** The embedded backbone as plain data: image [1,3,H,W] in 0…1 → feature map [1,channels,⌈H/32⌉,⌈W/32⌉]. */
export interface BackboneGraph {
  input: string;
  output: string;
  channels: number;
  /** Where the weights come from, as the model file tells. */
  origin: string;
  steps: BackboneStep[];
}

const schema = v.object({
  generatedBy: v.optional(v.string(), ''),
  signature: v.object({
    inputs: v.record(v.string(), v.object({ name: v.string() })),
    outputs: v.record(v.string(), v.object({ name: v.string() })),
  }),
  modelTopology: v.object({
    node: v.array(
      v.object({
        name: v.string(),
        op: v.string(),
        input: v.optional(v.array(v.string()), []),
        attr: v.optional(
          v.object({
            strides: v.optional(v.object({ list: v.object({ i: v.array(v.string()) }) })),
            fused_ops: v.optional(v.object({ list: v.object({ s: v.array(v.string()) }) })),
            padding: v.optional(v.object({ s: v.string() })),
          }),
          {},
        ),
      }),
    ),
  }),
  weightsManifest: v.array(
    v.object({
      weights: v.array(
        v.object({
          name: v.string(),
          shape: v.array(v.pipe(v.number(), v.integer(), v.minValue(0))),
          dtype: v.literal('float32'),
          quantization: v.optional(v.object({ dtype: v.literal('float16') })),
        }),
      ),
    }),
  ),
});

type GraphFile = v.InferOutput<typeof schema>;
type Node = GraphFile['modelTopology']['node'][number];

interface Weight {
  shape: number[];
  values: Float32Array;
}

/**
 * Reads the backbone that comes with the app (`public/models/mobilenet-v2-features`).
 * @param json model.json, parsed
 * @param weights weights.bin
 * @throws AnysizeError `BadModel` where it is not a graph of these few operations, or the weights are cut short
 */
export function readBackboneGraph(json: unknown, weights: ArrayBuffer): BackboneGraph {
  const parsed = v.safeParse(schema, json);
  if (!parsed.success) {
    throw badModel(`${v.getDotPath(parsed.issues[0]) ?? 'its contents'} ${parsed.issues[0].message}`);
  }
  const file = parsed.output;
  const constants = readWeights(file, weights);
  const steps: BackboneStep[] = [];
  for (const node of file.modelTopology.node) {
    if (node.op !== 'Const' && node.op !== 'Placeholder') steps.push(toStep(node, constants));
  }
  const last = steps.at(-1);
  const output = soleName(file.signature.outputs);
  if (last?.kind !== 'conv' || last.name !== output) throw badModel(`its last step is not its output "${output}"`);
  return {
    input: soleName(file.signature.inputs),
    output,
    channels: last.shape[0],
    origin: file.generatedBy,
    steps,
  };
}

function soleName(ends: Record<string, { name: string }>): string {
  const names = Object.values(ends).map(({ name }) => name.replace(/:0$/, ''));
  if (names.length !== 1) throw badModel(`it has ${names.length} inputs or outputs where one is expected`);
  return names[0]!;
}

function readWeights(file: GraphFile, bytes: ArrayBuffer): Map<string, Weight> {
  const weights = new Map<string, Weight>();
  let offset = 0;
  for (const { name, shape, quantization } of file.weightsManifest.flatMap((group) => group.weights)) {
    const length = shape.reduce((product, side) => product * side, 1);
    const size = length * (quantization ? 2 : 4);
    if (offset + size > bytes.byteLength) throw badModel('its weights are cut short');
    // Copied, because a view must start at a multiple of its element's size.
    const part = bytes.slice(offset, offset + size);
    const values = quantization ? float16ToFloat32(new Uint16Array(part)) : new Float32Array(part);
    weights.set(name, { shape, values });
    offset += size;
  }
  return weights;
}

function toStep(node: Node, constants: Map<string, Weight>): BackboneStep {
  const { name, op } = node;
  const [first, second] = node.input;
  if (first === undefined || second === undefined) throw badModel(`the step "${name}" lacks an input`);
  switch (op) {
    case 'AddV2':
      return { kind: 'add', name, inputs: [first, second] };
    case 'Mul':
    case 'Sub': {
      const value = constants.get(second)?.values;
      if (value?.length !== 1) throw badModel(`the step "${name}" does not use one number`);
      return { kind: op === 'Mul' ? 'multiply' : 'subtract', name, input: first, value: value[0]! };
    }
    case '_FusedConv2D':
    case 'FusedDepthwiseConv2dNative':
      return toConv(node, first, constants.get(second), constants.get(node.input[2] ?? ''));
    default:
      throw badModel(`the operation ${op} of "${name}" is not known here`);
  }
}

function toConv(node: Node, input: string, kernel: Weight | undefined, bias: Weight | undefined): BackboneConv {
  const { name, op, attr } = node;
  const depthwise = op === 'FusedDepthwiseConv2dNative';
  const fused = attr.fused_ops?.list.s.map((text) => atob(text)).join(' ');
  const [, rows, columns] = attr.strides?.list.i ?? [];
  if (!kernel || kernel.shape.length !== 4 || !bias || rows === undefined || rows !== columns) {
    throw badModel(`the convolution "${name}" is incomplete`);
  }
  if (atob(attr.padding?.s ?? '') !== 'SAME' || (fused !== 'BiasAdd' && fused !== 'BiasAdd Relu6')) {
    throw badModel(`the convolution "${name}" is of a kind not known here`);
  }
  const [height, width, third, fourth] = kernel.shape as [number, number, number, number];
  // TensorFlow keeps [h,w,in,out], depthwise [h,w,channels,1].
  const out = depthwise ? third : fourth;
  const within = depthwise ? fourth : third;
  const perCell = third * fourth;
  const weights = new Float32Array(kernel.values.length);
  for (let o = 0, to = 0; o < out; o++) {
    for (let i = 0; i < within; i++) {
      const channel = depthwise ? o * fourth + i : i * fourth + o;
      for (let cell = 0; cell < height * width; cell++, to++) weights[to] = kernel.values[cell * perCell + channel]!;
    }
  }
  return {
    kind: 'conv',
    name,
    input,
    stride: Number(rows),
    group: depthwise ? third : 1,
    shape: [out, within, height, width],
    weights,
    bias: bias.values,
    relu6: fused === 'BiasAdd Relu6',
  };
}

function badModel(what: string): AnysizeError {
  return new AnysizeError('BadModel', `The image model that comes with the app cannot be exported: ${what}.`);
}
