import { type ConvPlan, type ConvWeights, weightShape } from './architecture.ts';
import { FlatTable } from './flatbuffer.ts';

// Field numbers and enum values of tensorflow/lite/schema/schema.fbs (version 3).
const MODEL = { operatorCodes: 1, subgraphs: 2, buffers: 4 };
const OPERATOR_CODE = { deprecatedBuiltinCode: 0, builtinCode: 3 };
const SUBGRAPH = { tensors: 0, operators: 3 };
const OPERATOR = { opcodeIndex: 0, inputs: 1 };
const TENSOR = { shape: 0, type: 1, buffer: 2, quantization: 4 };
const QUANTIZATION = { scale: 2, zeroPoint: 3, quantizedDimension: 6 };
const BUFFER = { data: 0 };
const CONV_2D = 3;
const DEPTHWISE_CONV_2D = 4;
const TYPE = { float32: 0, int32: 2, uint8: 3, int8: 9 };

interface TfliteTensor {
  shape: number[];
  /** Dequantised: scale · (q − zero point), per tensor or per channel. */
  values: Float32Array;
}

/**
 * The weights of a TFLite model's convolutions, dequantised, in TensorFlow's order, for the convolutions of `plan`:
 * the file's convolutions must be the same ones in the same order.
 * @throws when they are not, or a tensor has a type that the TFLite schema has and MobileNetV2 has not.
 */
export function readTfliteConvs(file: Uint8Array, plan: ConvPlan[]): ConvWeights[] {
  const model = FlatTable.root(file);
  const codes = model
    .tables(MODEL.operatorCodes)
    .map((code) => Math.max(code.int8(OPERATOR_CODE.deprecatedBuiltinCode), code.int32(OPERATOR_CODE.builtinCode)));
  const [graph] = model.tables(MODEL.subgraphs);
  if (!graph) throw new Error('The TFLite file holds no graph.');
  const tensors = graph.tables(SUBGRAPH.tensors);
  const buffers = model.tables(MODEL.buffers);
  const convs = graph.tables(SUBGRAPH.operators).filter((operator) => {
    const code = codes[operator.uint32(OPERATOR.opcodeIndex)];
    return code === CONV_2D || code === DEPTHWISE_CONV_2D;
  });
  if (convs.length !== plan.length) {
    throw new Error(`The TFLite file holds ${convs.length} convolutions; ${plan.length} were expected.`);
  }

  return convs.map((operator, i) => {
    const conv = plan[i]!;
    const [, weightIndex, biasIndex] = operator.int32s(OPERATOR.inputs);
    const read = (index: number | undefined): TfliteTensor => {
      const tensor = tensors[index ?? -1];
      if (!tensor) throw new Error(`${conv.name}: tensor ${index} is missing in the TFLite file.`);
      return dequantise(tensor, buffers);
    };
    const { shape, values } = read(weightIndex);
    // TFLite stores [out,h,w,in] and depthwise [1,h,w,channels]; both become TensorFlow's order by moving axis 0 last.
    const [first = 0, ...rest] = shape;
    const moved = [...rest, first];
    if (moved.join() !== weightShape(conv).join()) {
      throw new Error(`${conv.name}: weights are [${moved.join()}], expected [${weightShape(conv).join()}].`);
    }
    return { weights: moveFirstAxisLast(values, first), bias: read(biasIndex).values };
  });
}

function moveFirstAxisLast(values: Float32Array, first: number): Float32Array {
  const inner = values.length / first;
  const moved = new Float32Array(values.length);
  for (let o = 0; o < first; o++) for (let i = 0; i < inner; i++) moved[i * first + o] = values[o * inner + i]!;
  return moved;
}

function dequantise(tensor: FlatTable, buffers: FlatTable[]): TfliteTensor {
  const shape = tensor.int32s(TENSOR.shape);
  const data = buffers[tensor.uint32(TENSOR.buffer)]?.bytes(BUFFER.data);
  if (!data) throw new Error('A TFLite tensor names a buffer that the file does not hold.');
  const quantization = tensor.table(TENSOR.quantization);
  const scales = quantization?.float32s(QUANTIZATION.scale) ?? [];
  const zeroPoints = quantization?.int64s(QUANTIZATION.zeroPoint) ?? [];
  const axis = quantization?.int32(QUANTIZATION.quantizedDimension) ?? 0;
  const stored = storedReader(data, tensor.int8(TENSOR.type));

  const size = shape.reduce((product, side) => product * side, 1);
  const inner = shape.slice(axis + 1).reduce((product, side) => product * side, 1);
  const values = Float32Array.from({ length: size }, (_, i) => {
    const channel = scales.length > 1 ? Math.floor(i / inner) % shape[axis]! : 0;
    return (stored(i) - (zeroPoints[channel] ?? 0)) * (scales[channel] ?? 1);
  });
  return { shape, values };
}

function storedReader(data: DataView, type: number): (index: number) => number {
  switch (type) {
    case TYPE.float32:
      return (i) => data.getFloat32(4 * i, true);
    case TYPE.int32:
      return (i) => data.getInt32(4 * i, true);
    case TYPE.uint8:
      return (i) => data.getUint8(i);
    case TYPE.int8:
      return (i) => data.getInt8(i);
    default:
      throw new Error(`TFLite tensor type ${type} is not one that MobileNetV2 files use.`);
  }
}
