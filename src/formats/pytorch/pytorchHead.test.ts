import { describe, expect, test } from 'vitest';
import type { HeadData } from '../../core/model.ts';
import { sampleAnysizeHead, sampleHead } from '../exportFixtures.ts';
import { headFromSafetensors, headToSafetensors } from './pytorchHead.ts';
import { pyramidsOfLength } from '../../core/pyramid/pyramidFromLength.ts';
import { readSafetensors, writeSafetensors } from '../../core/safetensors.ts';

const CENTRED = { sqrt: true, l2: 'level', centre: true } as const;
const PLAIN = { sqrt: false, l2: 'none', centre: false } as const;

function plainFile(classes: number, length: number, metadata: Record<string, string> = {}): Uint8Array<ArrayBuffer> {
  const weight = Float32Array.from({ length: classes * length }, (_, i) => i);
  const tensors = new Map([
    ['lin.weight', { shape: [classes, length], data: weight }],
    ['lin.bias', { shape: [classes], data: new Float32Array(classes) }],
  ]);
  return writeSafetensors(tensors, metadata);
}

describe('round trip', () => {
  test.each<[string, HeadData]>([
    ['centred', sampleHead({ levels: [3, 1], rule: 'adaptive', pooling: 'mean' }, CENTRED, 8)],
    ['plain', sampleHead({ levels: [1, 2], rule: 'paper', pooling: 'max' }, PLAIN, 5)],
    [
      'with a fitted temperature',
      { ...sampleHead({ levels: [2, 1], rule: 'adaptive', pooling: 'max' }, CENTRED, 4), temperature: 0.4375 },
    ],
    [
      'another policy',
      { ...sampleHead({ levels: [4, 2, 1], rule: 'paper', pooling: 'max' }, CENTRED, 3), policy: { kind: 'crop' } },
    ],
  ])('%s', (_, head) => {
    const read = headFromSafetensors(headToSafetensors(head), 'x.safetensors', 'other');
    expect(read.head).toEqual({ ...head, id: 'other', scale: Math.fround(head.scale) });
    expect(read.notices).toEqual([]);
  });
});

test('weights stand in the order of view(1, -1): [level][channel][row][column]', () => {
  const head = sampleHead({ levels: [2, 1], rule: 'adaptive', pooling: 'max' }, PLAIN, 3);
  const stored = readSafetensors(headToSafetensors(head), 'x').tensors.get('lin.weight')!;
  expect(stored.shape).toEqual([3, 15]);
  const values = stored.floats();
  for (let k = 0; k < 3; k++) {
    for (let channel = 0; channel < 3; channel++) {
      for (let cell = 0; cell < 4; cell++) {
        expect(values[k * 15 + channel * 4 + cell]).toBe(head.weights[k * 15 + cell * 3 + channel]);
      }
      expect(values[k * 15 + 12 + channel]).toBe(head.weights[k * 15 + 12 + channel]);
    }
  }
});

test.each([
  [26_880, [4, 2, 1]],
  [64_000, [6, 3, 2, 1]],
  [1280, [1]],
  [6400, [2, 1]],
])('a plain file of vectors of %i numbers tells its pyramid', (length, levels) => {
  const { head, notices } = headFromSafetensors(plainFile(2, length), 'sppmob.safetensors', 'id');
  expect(head.pyramid).toEqual({ levels, rule: 'adaptive', pooling: 'max' });
  expect(head.normalisation).toEqual(PLAIN);
  expect(head.classes).toEqual(['class 1', 'class 2']);
  expect(head.name).toBe('sppmob');
  expect(notices.join(' ')).toMatch(/300 × 300 pixels are assumed/);
  // Second cell of the first level's first channel: the second number in PyTorch's order.
  if (levels[0]! > 1) expect(head.weights[1280]).toBe(1);
});

test('an ambiguous length names the possibilities', () => {
  expect(pyramidsOfLength(30 * 1280, 1280)).toEqual([
    [5, 2, 1],
    [4, 3, 2, 1],
  ]);
  expect(() => headFromSafetensors(plainFile(1, 30 * 1280), 'x.safetensors', 'id')).toThrow(
    /x\.safetensors.*several pyramids: \[5, 2, 1\] or \[4, 3, 2, 1\]/,
  );
  expect(() => headFromSafetensors(plainFile(1, 30 * 1280, { levels: '[5,2,1]' }), 'x', 'id')).not.toThrow();
});

test.each([
  ['no pyramid', plainFile(2, 1000), /come from no pyramid/],
  ['two bins', plainFile(2, 2560), /come from no pyramid/],
  ['levels that do not fit', plainFile(2, 1280, { levels: '[2]' }), /\[2\] over 1280 channels makes vectors of 5120/],
  ['levels that are none', plainFile(2, 1280, { levels: '[0]' }), /whole number from 1/],
  ['hostile levels', plainFile(2, 1280, { levels: '{"__proto__":[1]}' }), /"levels" is wrong/],
  ['JSON that is none', plainFile(2, 1280, { classes: '["a"' }), /"classes" is wrong \(is not JSON\)/],
  ['too few names', plainFile(2, 1280, { classes: '["a"]' }), /names 1 classes.*2 rows/],
  ['a policy of no kind', plainFile(2, 1280, { policy: '{"kind":"zoom"}' }), /"policy/],
  ['a policy beyond its range', plainFile(2, 1280, { policy: '{"kind":"area","side":0}' }), /side is a whole number/],
  ['a newer version', plainFile(2, 1280, { anysize: '3' }), /newer version/],
  ['the recipe without a word of it', plainFile(2, 1280, { anysize: '2' }), /metadata "name" is wrong/],
  [
    'centring without a mean',
    plainFile(2, 1280, { normalisation: '{"sqrt":false,"l2":"none","centre":true}' }),
    /no "normalisation.mean"/,
  ],
  ['no weights', writeSafetensors(new Map(), {}), /no matrix "lin.weight"/],
  ['no classes', plainFile(0, 1280), /0 classes/],
  [
    'numbers that are not finite',
    writeSafetensors(
      new Map([['lin.weight', { shape: [1, 1280], data: new Float32Array(1280).fill(Number.NaN) }]]),
      {},
    ),
    /not finite/,
  ],
])('%s is refused with a reason', (_, file, reason) => {
  expect(() => headFromSafetensors(file, 'x.safetensors', 'id')).toThrow(reason);
});

describe('a head on the recipe', () => {
  const plain = sampleAnysizeHead({ two: 0, four: 0 }, [300]);
  const thorough: HeadData = { ...sampleAnysizeHead({ two: 1, four: 0.6 }, [224, 300, 448]), name: 'Großes 花' };

  test.each([
    ['no pyramid', plain],
    ['thorough', thorough],
  ])('opens again as it was: %s', (_, head) => {
    const read = headFromSafetensors(headToSafetensors(head), 'x.safetensors', 'other');
    expect(read.head).toEqual({ ...head, id: 'other', scale: Math.fround(head.scale) });
    expect(read.notices).toEqual([]);
  });

  test('is a kind of file of its own, which names its recipe and is no sppmob', () => {
    const { metadata, tensors } = readSafetensors(headToSafetensors(thorough), 'x');
    expect([...tensors.keys()]).toEqual(['head.weight', 'head.bias', 'head.mean', 'head.scale']);
    expect(tensors.get('head.weight')!.shape).toEqual([3, 28_032]);
    expect(tensors.get('head.weight')!.floats()).toEqual(thorough.weights);
    expect(metadata.get('anysize')).toBe('2');
    expect(JSON.parse(metadata.get('features')!)).toEqual(thorough.features);
  });

  const told = (metadata: Record<string, string>, left = '') => {
    const stored = readSafetensors(headToSafetensors(plain), 'x');
    const tensors = [...stored.tensors].filter(([name]) => name !== left);
    return writeSafetensors(new Map(tensors.map(([name, { shape, floats }]) => [name, { shape, data: floats() }])), {
      ...Object.fromEntries(stored.metadata),
      ...metadata,
    });
  };
  const features = (change: object) => ({ features: JSON.stringify({ ...plain.features, ...change }) });

  test.each([
    ['another version of the recipe', told(features({ version: 2 })), /version 2 of the features.*use a newer one/],
    [
      'another pyramid',
      told(features({ weights: { two: 1, four: 0.6 } })),
      /"head.weight" is \[3, 2432\] where \[3, 28032\]/,
    ],
    ['a weight below 0', told(features({ weights: { two: -1, four: 0 } })), /"features.weights.two" is wrong/],
    ['no sizes', told(features({ sides: [] })), /"features.sides" is wrong/],
    ['too few names', told({ classes: '["a"]' }), /"head.weight" is \[3, 2432\] where \[1, 2432\]/],
    ['no names', told({ classes: '[]' }), /"classes" is wrong/],
    ['JSON that is none', told({ policy: '{' }), /"policy" is wrong \(is not JSON\)/],
    [
      'no bias',
      told({}, 'head.bias'),
      /^x\.safetensors holds no head that can be used here: there is no "head.bias" in it\.$/,
    ],
  ])('is refused with a reason: %s', (_, file, reason) => {
    expect(() => headFromSafetensors(file, 'x.safetensors', 'id')).toThrow(reason);
  });
});
