import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';

/** Fields of a protobuf message by their numbers: whole numbers, and bytes for all else. */
type Fields = Map<number, (number | Uint8Array)[]>;

function fieldsOf(bytes: Uint8Array): Fields {
  const reader = new BinaryReader(bytes);
  const fields: Fields = new Map();
  while (reader.pos < reader.len) {
    const [field, type] = reader.tag();
    if (type !== WireType.Varint && type !== WireType.LengthDelimited) throw new Error(`wire type ${type}`);
    const value = type === WireType.Varint ? Number(reader.int64()) : reader.bytes();
    fields.set(field, [...(fields.get(field) ?? []), value]);
  }
  return fields;
}

const bytesOf = (fields: Fields, field: number) =>
  (fields.get(field) ?? []).filter((value) => typeof value !== 'number');
const messages = (fields: Fields, field: number) => bytesOf(fields, field).map(fieldsOf);
const texts = (fields: Fields, field: number) => bytesOf(fields, field).map((bytes) => new TextDecoder().decode(bytes));
const text = (fields: Fields, field: number) => texts(fields, field)[0] ?? '';

function value(fields: Fields) {
  const dimensions = messages(fields, 2)
    .flatMap((type) => messages(type, 1))
    .flatMap((tensor) => messages(tensor, 2))
    .flatMap((shape) => messages(shape, 1));
  return { name: text(fields, 1), sides: dimensions.map((one) => one.get(1)?.[0] ?? text(one, 2)) };
}

/** What tests want to know of an ONNX file, by onnx.proto's field numbers and independent of what writes it. */
export function readModel(file: Uint8Array) {
  const model = fieldsOf(file);
  const graphs = messages(model, 7);
  const inGraph = (field: number) => graphs.flatMap((graph) => messages(graph, field));
  return {
    irVersion: model.get(1)?.[0],
    producerName: text(model, 2),
    producerVersion: text(model, 3),
    opsets: messages(model, 8).map((opset) => [text(opset, 1), opset.get(2)?.[0]]),
    metadata: new Map(messages(model, 14).map((entry) => [text(entry, 1), text(entry, 2)])),
    nodes: inGraph(1).map((node) => ({ op: text(node, 4), inputs: texts(node, 1), outputs: texts(node, 2) })),
    tensors: inGraph(5).map((tensor) => text(tensor, 8)),
    inputs: inGraph(11).map(value),
    outputs: inGraph(12).map(value),
  };
}
