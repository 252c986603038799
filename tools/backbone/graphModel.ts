import { type ConvPlan, type ConvWeights, weightShape } from './architecture.ts';
import { toFloat16Bits } from './float16.ts';

/** Files of a TF.js graph model, by name. */
export type ModelFileSet = Map<string, Buffer>;

interface GraphNode {
  name: string;
  op: string;
  input?: string[];
  attr: Record<string, unknown>;
}

interface WeightEntry {
  name: string;
  shape: number[];
  dtype: 'float32';
  quantization?: { dtype: 'float16'; original_dtype: 'float32' };
}

const INPUT = 'images';
const OUTPUT = 'features';
const WEIGHTS_FILE = 'weights.bin';
const FLOAT = { type: 'DT_FLOAT' };

/**
 * A TF.js graph model of the convolutions: input `images` [-1,-1,-1,3] in [0,1], mapped to [-1,1] inside; SAME padding;
 * bias and ReLU6 fused into the convolutions; output `features` [-1,⌈h/32⌉,⌈w/32⌉,1280]. Weights are float16.
 * The same convolutions give the same bytes.
 */
export function graphModel(plan: ConvPlan[], convs: ConvWeights[], about: string): ModelFileSet {
  const nodes: GraphNode[] = [
    { name: INPUT, op: 'Placeholder', attr: { dtype: FLOAT, shape: { shape: dimensions([-1, -1, -1, 3]) } } },
  ];
  const entries: WeightEntry[] = [];
  const data: Buffer[] = [];

  const addConst = (name: string, shape: number[], bytes: Buffer, half: boolean): void => {
    const attr = { dtype: FLOAT, value: { tensor: { dtype: 'DT_FLOAT', tensorShape: dimensions(shape) } } };
    nodes.push({ name, op: 'Const', attr });
    const entry: WeightEntry = { name, shape, dtype: 'float32' };
    if (half) entry.quantization = { dtype: 'float16', original_dtype: 'float32' };
    entries.push(entry);
    data.push(bytes);
  };
  const binary = (name: string, op: string, a: string, b: string): void => {
    nodes.push({ name, op, input: [a, b], attr: { T: FLOAT } });
  };

  addConst('range/two', [], floatBytes(2), false);
  addConst('range/one', [], floatBytes(1), false);
  binary('range/double', 'Mul', INPUT, 'range/two');
  binary('range/centred', 'Sub', 'range/double', 'range/one');

  let last = 'range/centred';
  const outputOf = new Map<string, string>();
  plan.forEach((conv, i) => {
    const { weights, bias } = convs[i]!;
    addConst(`${conv.name}/weights`, weightShape(conv), halfBytes(weights), true);
    addConst(`${conv.name}/bias`, [conv.output], halfBytes(bias), true);
    const name = i === plan.length - 1 ? OUTPUT : conv.name;
    nodes.push(convNode(name, conv, last));
    last = name;
    if (conv.residual) {
      binary(`${conv.name}/add`, 'AddV2', name, outputOf.get(conv.residual) ?? conv.residual);
      last = `${conv.name}/add`;
    }
    outputOf.set(conv.name, last);
  });

  const info = (name: string, shape: number[]) => ({
    name: `${name}:0`,
    dtype: 'DT_FLOAT',
    tensorShape: dimensions(shape),
  });
  const model = {
    format: 'graph-model',
    generatedBy: about,
    convertedBy: null,
    signature: {
      inputs: { [INPUT]: info(INPUT, [-1, -1, -1, 3]) },
      outputs: { [OUTPUT]: info(OUTPUT, [-1, -1, -1, 1280]) },
    },
    modelTopology: { node: nodes, library: {}, versions: { producer: 716 } },
    weightsManifest: [{ paths: [WEIGHTS_FILE], weights: entries }],
  };
  return new Map([
    ['model.json', Buffer.from(`${JSON.stringify(model)}\n`)],
    [WEIGHTS_FILE, Buffer.concat(data)],
  ]);
}

function convNode(name: string, conv: ConvPlan, input: string): GraphNode {
  const fused = conv.relu6 ? ['BiasAdd', 'Relu6'] : ['BiasAdd'];
  return {
    name,
    op: conv.kind === 'conv' ? '_FusedConv2D' : 'FusedDepthwiseConv2dNative',
    input: [input, `${conv.name}/weights`, `${conv.name}/bias`],
    attr: {
      T: FLOAT,
      num_args: { i: '1' },
      strides: { list: { i: ['1', `${conv.stride}`, `${conv.stride}`, '1'] } },
      dilations: { list: { i: ['1', '1', '1', '1'] } },
      padding: { s: base64('SAME') },
      explicit_paddings: { list: {} },
      data_format: { s: base64('NHWC') },
      fused_ops: { list: { s: fused.map(base64) } },
    },
  };
}

function dimensions(shape: number[]): { dim: { size: string }[] } {
  return { dim: shape.map((size) => ({ size: `${size}` })) };
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

function floatBytes(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return bytes;
}

function halfBytes(values: Float32Array): Buffer {
  const bytes = Buffer.alloc(2 * values.length);
  values.forEach((value, i) => bytes.writeUInt16LE(toFloat16Bits(value), 2 * i));
  return bytes;
}
