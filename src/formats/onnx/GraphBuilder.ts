import { create, type MessageInitShape, toBinary } from '@bufbuild/protobuf';
import {
  AttributeProto_AttributeType,
  AttributeProtoSchema,
  ModelProtoSchema,
  type NodeProto,
  NodeProtoSchema,
  TensorProto_DataType,
  type TensorProto,
  TensorProtoSchema,
  type ValueInfoProto,
  ValueInfoProtoSchema,
} from './onnx_pb.ts';

/** Operator set 17 (ONNX 1.12, of 2022): all that is used here, and known to every runtime of today. */
const OPSET = 17n;
/** The IR version that came with opset 17. */
const IR_VERSION = 8n;

export type Attribute = number | string | readonly number[];

export interface ModelFacts {
  graphName: string;
  producerVersion: string;
  description: string;
  metadata: Readonly<Record<string, string>>;
}

/** Sides of a value: a number, or a name for one that is known only when the model runs. */
export type Sides = readonly (number | string)[];

/**
 * Puts an ONNX graph together, node by node, in running order. Values are named by strings; each step returns the name of its result.
 * The protobuf classes in onnx_pb.ts come from the official onnx.proto (ONNX 1.23.1, Apache-2.0), beside it, by
 * `protoc --plugin=protoc-gen-es --es_out=. --es_opt=target=ts onnx.proto`, then oxfmt.
 */
export class GraphBuilder {
  private readonly nodes: NodeProto[] = [];
  private readonly initializers: TensorProto[] = [];
  private readonly inputs: ValueInfoProto[] = [];
  private readonly outputs: ValueInfoProto[] = [];
  private readonly integerNames = new Map<string, string>();

  input(name: string, sides: Sides): string {
    this.inputs.push(floatValue(name, sides));
    return name;
  }

  output(name: string, sides: Sides): void {
    this.outputs.push(floatValue(name, sides));
  }

  /** A node with one result, which bears the node's name. */
  node(
    op: string,
    name: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, Attribute>> = {},
  ): string {
    return this.nodeWithOutputs(op, name, inputs, [name], attributes)[0]!;
  }

  nodeWithOutputs(
    op: string,
    name: string,
    inputs: readonly string[],
    outputs: readonly string[],
    attributes: Readonly<Record<string, Attribute>> = {},
  ): readonly string[] {
    const attribute = Object.entries(attributes).map(([key, value]) => create(AttributeProtoSchema, typed(key, value)));
    this.nodes.push(create(NodeProtoSchema, { opType: op, name, input: [...inputs], output: [...outputs], attribute }));
    return outputs;
  }

  floats(name: string, shape: readonly number[], values: Float32Array): string {
    const rawData = new Uint8Array(values.buffer as ArrayBuffer, values.byteOffset, values.byteLength);
    this.initializers.push(
      create(TensorProtoSchema, { name, dims: shape.map(BigInt), dataType: TensorProto_DataType.FLOAT, rawData }),
    );
    return name;
  }

  /** A list of whole numbers, of rank 1; equal lists are kept once. */
  integers(values: readonly number[]): string {
    const name = `integers/${values.join('_')}`;
    if (!this.integerNames.has(name)) {
      this.integerNames.set(name, name);
      const rawData = new Uint8Array(BigInt64Array.from(values, BigInt).buffer);
      const dims = [BigInt(values.length)];
      this.initializers.push(create(TensorProtoSchema, { name, dims, dataType: TensorProto_DataType.INT64, rawData }));
    }
    return name;
  }

  /** The finished model's bytes. */
  model({ graphName, producerVersion, description, metadata }: ModelFacts): Uint8Array<ArrayBuffer> {
    const model = create(ModelProtoSchema, {
      irVersion: IR_VERSION,
      opsetImport: [{ domain: '', version: OPSET }],
      producerName: 'Anysize',
      producerVersion,
      docString: description,
      metadataProps: Object.entries(metadata).map(([key, value]) => ({ key, value })),
      graph: {
        name: graphName,
        docString: description,
        node: this.nodes,
        initializer: this.initializers,
        input: this.inputs,
        output: this.outputs,
      },
    });
    return toBinary(ModelProtoSchema, model);
  }
}

function floatValue(name: string, sides: Sides): ValueInfoProto {
  const dim = sides.map((side) => ({
    value:
      typeof side === 'number'
        ? ({ case: 'dimValue', value: BigInt(side) } as const)
        : ({ case: 'dimParam', value: side } as const),
  }));
  return create(ValueInfoProtoSchema, {
    name,
    type: { value: { case: 'tensorType', value: { elemType: TensorProto_DataType.FLOAT, shape: { dim } } } },
  });
}

/** Attributes are whole numbers, lists of them, or text: all that the operators used here take. */
function typed(name: string, value: Attribute): MessageInitShape<typeof AttributeProtoSchema> {
  if (typeof value === 'number') return { name, type: AttributeProto_AttributeType.INT, i: BigInt(value) };
  if (typeof value === 'string') {
    return { name, type: AttributeProto_AttributeType.STRING, s: new TextEncoder().encode(value) };
  }
  return { name, type: AttributeProto_AttributeType.INTS, ints: value.map(BigInt) };
}
