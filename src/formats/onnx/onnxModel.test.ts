import { fromBinary } from '@bufbuild/protobuf';
import { expect, test } from 'vitest';
import type { BackboneGraph } from '../backboneGraph.ts';
import { sampleHead } from '../exportFixtures.ts';
import { onnxHeadModel, onnxPixelModel } from './onnxModel.ts';
import { type ModelProto, ModelProtoSchema } from './onnx_pb.ts';

const head = sampleHead(
  { levels: [4, 2, 1], rule: 'adaptive', pooling: 'max' },
  { sqrt: false, l2: 'vector', centre: true },
  8,
);
const backbone: BackboneGraph = {
  input: 'images',
  output: 'only',
  channels: 8,
  origin: 'made up',
  steps: [
    {
      kind: 'conv',
      name: 'only',
      input: 'images',
      stride: 2,
      group: 1,
      shape: [8, 3, 1, 1],
      weights: new Float32Array(24),
      bias: new Float32Array(8),
      relu6: true,
    },
  ],
};

function sides(model: ModelProto, end: 'input' | 'output'): (string | bigint | undefined)[][] {
  return model.graph![end].map(({ type }) =>
    type?.value.case === 'tensorType' ? (type.value.value.shape?.dim ?? []).map(({ value }) => value.value) : [],
  );
}

test.each([
  ['the whole model', onnxPixelModel(head, backbone, '1.2.3'), [[1n, 3n, 'height', 'width']], [[1n, 3n]]],
  ['the head', onnxHeadModel(head, '1.2.3'), [['batch', 168n]], [['batch', 3n]]],
])('%s tells its shapes, versions and everything about its head', (_, file, inputs, outputs) => {
  const model = fromBinary(ModelProtoSchema, file);
  expect(sides(model, 'input')).toEqual(inputs);
  expect(sides(model, 'output')).toEqual(outputs);
  expect(model.opsetImport.map(({ version }) => version)).toEqual([17n]);
  expect(model).toMatchObject({ irVersion: 8n, producerName: 'Anysize', producerVersion: '1.2.3' });
  const metadata = new Map(model.metadataProps.map(({ key, value }) => [key, value]));
  expect(JSON.parse(metadata.get('classes')!)).toEqual(head.classes);
  expect(JSON.parse(metadata.get('levels')!)).toEqual([4, 2, 1]);
  expect(JSON.parse(metadata.get('policy')!)).toEqual(head.policy);
  expect(JSON.parse(metadata.get('normalisation')!)).toEqual(head.normalisation);
  expect(metadata.get('vector_order')).toBe('level, channel, row, column');
});

test('every value is made once, before it is used, and every weight is used', () => {
  const { graph } = fromBinary(ModelProtoSchema, onnxPixelModel(head, backbone, '0'));
  const known = new Set([...graph!.input, ...graph!.initializer].map(({ name }) => name));
  expect(known.size).toBe(graph!.input.length + graph!.initializer.length);
  const used = new Set<string>();
  for (const { input, output } of graph!.node) {
    for (const name of input) {
      expect(known).toContain(name);
      used.add(name);
    }
    for (const name of output) {
      expect(known).not.toContain(name);
      known.add(name);
    }
  }
  expect(graph!.initializer.filter(({ name }) => !used.has(name))).toEqual([]);
  expect(known).toContain(graph!.output[0]!.name);
});

test('a head that does not fit its pyramid is refused', () => {
  expect(() => onnxPixelModel(head, { ...backbone, channels: 4 }, '0')).toThrow(/8 channels; the image model gives 4/);
  expect(() => onnxHeadModel({ ...head, bias: new Float32Array(2) }, '0')).toThrow(/2 biases for 3 classes/);
});
