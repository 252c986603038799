import { expect, test } from 'vitest';
import type { BackboneGraph } from '../backboneGraph.ts';
import { sampleHead } from '../exportFixtures.ts';
import { onnxHeadModel, onnxPixelModel } from './onnxModel.ts';
import { readModel } from './readModelFixtures.ts';

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

test.each([
  ['the whole model', onnxPixelModel(head, backbone, '1.2.3'), [[1, 3, 'height', 'width']], [[1, 3]]],
  ['the head', onnxHeadModel(head, '1.2.3'), [['batch', 168]], [['batch', 3]]],
])('%s tells its shapes, versions and everything about its head', (_, file, inputs, outputs) => {
  const model = readModel(file);
  expect(model.inputs.map(({ sides }) => sides)).toEqual(inputs);
  expect(model.outputs.map(({ sides }) => sides)).toEqual(outputs);
  expect(model.opsets).toEqual([['', 17]]);
  expect(model).toMatchObject({ irVersion: 8, producerName: 'Anysize', producerVersion: '1.2.3' });
  const { metadata } = model;
  expect(JSON.parse(metadata.get('classes')!)).toEqual(head.classes);
  expect(JSON.parse(metadata.get('levels')!)).toEqual([4, 2, 1]);
  expect(JSON.parse(metadata.get('policy')!)).toEqual(head.policy);
  expect(JSON.parse(metadata.get('normalisation')!)).toEqual(head.normalisation);
  expect(metadata.get('vector_order')).toBe('level, channel, row, column');
});

test('every value is made once, before it is used, and every weight is used', () => {
  const { inputs, outputs, tensors, nodes } = readModel(onnxPixelModel(head, backbone, '0'));
  const known = new Set([...inputs.map(({ name }) => name), ...tensors]);
  expect(known.size).toBe(inputs.length + tensors.length);
  const used = new Set<string>();
  for (const node of nodes) {
    for (const name of node.inputs) {
      expect(known).toContain(name);
      used.add(name);
    }
    for (const name of node.outputs) {
      expect(known).not.toContain(name);
      known.add(name);
    }
  }
  expect(tensors.filter((name) => !used.has(name))).toEqual([]);
  expect(known).toContain(outputs[0]!.name);
});

test('a head that does not fit its pyramid is refused', () => {
  expect(() => onnxPixelModel(head, { ...backbone, channels: 4 }, '0')).toThrow(/8 channels; the image model gives 4/);
  expect(() => onnxHeadModel({ ...head, bias: new Float32Array(2) }, '0')).toThrow(/2 biases for 3 classes/);
});
