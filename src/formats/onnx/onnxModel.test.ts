import { expect, test } from 'vitest';
import type { BackboneGraph } from '../backboneGraph.ts';
import { madeUpBackbone, sampleAnysizeHead, sampleHead } from '../exportFixtures.ts';
import { shippedWhitening } from '../../../tools/exports/shippedWhitening.ts';
import { onnxHeadModel, onnxPixelModel } from './onnxModel.ts';
import { readModel } from './readModelFixtures.ts';

const head = sampleHead(
  { levels: [4, 2, 1], rule: 'adaptive', pooling: 'max' },
  { sqrt: false, l2: 'vector', centre: true },
  8,
);
const backbone = madeUpBackbone(8);
const { whitenings } = shippedWhitening();
const anysize = sampleAnysizeHead({ two: 1, four: 0.6 }, [224, 300, 448]);

/** Two steps of a backbone, with the channels of the layers that the recipe is made of. */
function recipeBackbone(): BackboneGraph {
  const last = madeUpBackbone(1280);
  const [step] = madeUpBackbone(576).steps;
  if (step?.kind !== 'conv') throw new Error('made up otherwise');
  return { ...last, steps: [{ ...step, name: 'block_13_expand' }, ...last.steps] };
}

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

test.each([
  ['on the paper’s features', () => onnxPixelModel(head, backbone, '0')],
  ['on the recipe at three sizes', () => onnxPixelModel(anysize, recipeBackbone(), '0', 0, whitenings)],
])('every value is made once, before it is used, and every weight is used: %s', (_, file) => {
  const { inputs, outputs, tensors, nodes } = readModel(file());
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

test('a head on the recipe tells its features and what each input takes, and shares the weights of its passes', () => {
  const backbone = recipeBackbone();
  const { metadata, inputs, tensors } = readModel(onnxPixelModel(anysize, backbone, '0', 0, whitenings));
  expect(JSON.parse(metadata.get('features')!)).toEqual(anysize.features);
  expect(JSON.parse(metadata.get('inputs')!)).toEqual({
    image_224: { kind: 'area', side: 224 },
    image_300: { kind: 'area', side: 300 },
    image_448: { kind: 'area', side: 448 },
  });
  expect(inputs.map(({ sides }) => sides)).toEqual([
    [1, 3, 'height_224', 'width_224'],
    [1, 3, 'height_300', 'width_300'],
    [1, 3, 'height_448', 'width_448'],
  ]);
  expect(tensors.filter((name) => name === 'block_13_expand/weights')).toHaveLength(1);
  // Its levels and its normalisation would mislead who takes it for a head on the paper's features.
  expect(['levels', 'normalisation', 'rule'].map((key) => metadata.get(key))).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test('a head on the recipe is refused without the whitening, or its layers', () => {
  expect(() => onnxPixelModel(anysize, recipeBackbone(), '0')).toThrow(/without the whitening/);
  expect(() => onnxHeadModel(anysize, '0')).toThrow(/without the whitening/);
  expect(() => onnxPixelModel(anysize, madeUpBackbone(1280), '0', 0, whitenings)).toThrow(/576 of block_13_expand/);
});
