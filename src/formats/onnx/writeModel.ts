import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';

/** The messages of an ONNX file that are written here, as onnx.proto has them; field numbers stand where they are written. */
export interface Model {
  producerVersion: string;
  description: string;
  metadata: Readonly<Record<string, string>>;
  graphName: string;
  nodes: readonly Node[];
  tensors: readonly Tensor[];
  inputs: readonly Value[];
  outputs: readonly Value[];
}

export type Attribute = number | string | readonly number[];

export interface Node {
  op: string;
  name: string;
  inputs: readonly string[];
  outputs: readonly string[];
  attributes: Readonly<Record<string, Attribute>>;
}

export interface Tensor {
  name: string;
  sides: readonly number[];
  /** Row-major, little-endian. */
  numbers: Float32Array | BigInt64Array;
}

/** A float32 input or output. A side is a number, or a name for one that is known only when the model runs. */
export interface Value {
  name: string;
  sides: readonly (number | string)[];
}

/** Operator set 17 (ONNX 1.12, of 2022): all that is used here, and known to every runtime of today. */
const OPSET = 17;
/** The IR version that came with opset 17. */
const IR_VERSION = 8;
/** TensorProto.DataType */
const FLOAT = 1;
const INT64 = 7;
/** AttributeProto.AttributeType */
const INT = 2;
const STRING = 3;
const INTS = 7;

/**
 * The bytes of an ONNX file (ModelProto).
 * @see https://github.com/onnx/onnx/blob/v1.23.1/onnx/onnx.proto, whose messages each function here is named after
 */
export function writeModel(model: Model): Uint8Array<ArrayBuffer> {
  const out = new ProtobufWriter();
  out.integer(1, IR_VERSION).text(2, 'Anysize').text(3, model.producerVersion).text(6, model.description);
  out.message(7, () => graph(out, model));
  out.message(8, () => out.text(1, '').integer(2, OPSET));
  for (const [key, value] of Object.entries(model.metadata)) out.message(14, () => out.text(1, key).text(2, value));
  return out.finish();
}

function graph(out: ProtobufWriter, { nodes, tensors, inputs, outputs, graphName, description }: Model): void {
  for (const one of nodes) out.message(1, () => node(out, one));
  out.text(2, graphName);
  for (const one of tensors) out.message(5, () => tensor(out, one));
  out.text(10, description);
  for (const one of inputs) out.message(11, () => valueInfo(out, one));
  for (const one of outputs) out.message(12, () => valueInfo(out, one));
}

function node(out: ProtobufWriter, { op, name, inputs, outputs, attributes }: Node): void {
  for (const input of inputs) out.text(1, input);
  for (const output of outputs) out.text(2, output);
  out.text(3, name).text(4, op);
  for (const [key, value] of Object.entries(attributes)) out.message(5, () => attribute(out, key, value));
}

/** Attributes are whole numbers, lists of them, or text: all that the operators used here take. */
function attribute(out: ProtobufWriter, name: string, value: Attribute): void {
  out.text(1, name);
  if (typeof value === 'number') out.integer(3, value).integer(20, INT);
  else if (typeof value === 'string') out.text(4, value).integer(20, STRING);
  else {
    for (const one of value) out.integer(8, one);
    out.integer(20, INTS);
  }
}

function tensor(out: ProtobufWriter, { name, sides, numbers }: Tensor): void {
  for (const side of sides) out.integer(1, side);
  out.integer(2, numbers instanceof Float32Array ? FLOAT : INT64).text(8, name);
  out.data(9, new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength));
}

/** ValueInfoProto: a name and TypeProto.tensor_type, which has an element type and a TensorShapeProto. */
function valueInfo(out: ProtobufWriter, { name, sides }: Value): void {
  out.text(1, name);
  const dimension = (side: number | string) => (typeof side === 'number' ? out.integer(1, side) : out.text(2, side));
  const shape = () => {
    for (const side of sides) out.message(1, () => dimension(side));
  };
  out.message(2, () => out.message(1, () => out.integer(1, FLOAT).message(2, shape)));
}

/** Protobuf fields by their numbers; lists are written item by item, as proto2 does. */
class ProtobufWriter {
  private readonly out = new BinaryWriter();

  /** An int32, an int64 or an enum, which look alike. */
  integer(field: number, value: number): this {
    this.out.tag(field, WireType.Varint).int64(value);
    return this;
  }

  text(field: number, value: string): this {
    this.out.tag(field, WireType.LengthDelimited).string(value);
    return this;
  }

  data(field: number, bytes: Uint8Array): this {
    this.out.tag(field, WireType.LengthDelimited).bytes(bytes);
    return this;
  }

  message(field: number, write: () => unknown): this {
    this.out.tag(field, WireType.LengthDelimited).fork();
    write();
    this.out.join();
    return this;
  }

  finish(): Uint8Array<ArrayBuffer> {
    return this.out.finish();
  }
}
