import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { HeadData } from '../core/model.ts';
import { madeUpBackbone, sampleHead } from './exportFixtures.ts';
import { onnxHeadModel, onnxPixelModel } from './onnx/onnxModel.ts';
import { headToSafetensors } from './pytorch/pytorchHead.ts';
import { backboneToSafetensors } from './pytorch/pytorchProgram.ts';
import { tfjsModel } from './tfjs/tfjsModel.ts';

/**
 * What is on the disks of others and in their pipelines: the models of a head on the paper's features, by the first digits of their SHA-256. (The
 * programs beside them may learn, and a description in words may be worded anew: it is in the ONNX files of the first head.)
 */
const BEFORE: readonly [name: string, head: HeadData, digests: Readonly<Record<string, string>>][] = [
  [
    'max [4, 2, 1], L2, centred',
    sampleHead({ levels: [4, 2, 1], rule: 'adaptive', pooling: 'max' }, { sqrt: false, l2: 'vector', centre: true }, 8),
    {
      onnx: 'c7c88676227339b4',
      onnxHead: '5e31681aaa2d9dfc',
      safetensors: '3f8cc14382b71fe3',
      backbone: '3c3aa0a4f5586e33',
      tfjsModel: 'b0a0d16de6508478',
      tfjsWeights: '42e09b08c78dbcec',
    },
  ],
  [
    'mean [3, 2], √, L2 per level, paper rule, crop',
    {
      ...sampleHead({ levels: [3, 2], rule: 'paper', pooling: 'mean' }, { sqrt: true, l2: 'level', centre: false }, 8),
      policy: { kind: 'crop' },
    },
    {
      onnx: '267bcff4805cf06c',
      onnxHead: '9b612b82acd684bd',
      safetensors: '7766d2abf4d2ab18',
      backbone: '3c3aa0a4f5586e33',
      tfjsModel: 'a6e40654609dff15',
      tfjsWeights: 'b54aac562417b4d3',
    },
  ],
];

test.each(BEFORE)('a head of before exports to the very bytes of before: %s', (_, head, digests) => {
  const model = tfjsModel(head, '1');
  const files = {
    onnx: onnxPixelModel(head, madeUpBackbone(8), '1', 0.4),
    onnxHead: onnxHeadModel(head, '1', 0.4),
    safetensors: headToSafetensors(head),
    backbone: backboneToSafetensors(madeUpBackbone(8)),
    tfjsModel: model['model.json'],
    tfjsWeights: model['weights.bin'],
  };
  const digest = (file: Uint8Array | string) => createHash('sha256').update(file).digest('hex').slice(0, 16);
  expect(Object.fromEntries(Object.entries(files).map(([name, file]) => [name, digest(file)]))).toEqual(digests);
});
