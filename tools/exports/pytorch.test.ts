import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Backbone } from '../../src/worker/models/backbone.ts';
import type { HeadData } from '../../src/core/model.ts';
import { sampleHead } from '../../src/formats/exportFixtures.ts';
import { headToSafetensors } from '../../src/formats/pytorch/pytorchHead.ts';
import { backboneToSafetensors, pytorchProgram } from '../../src/formats/pytorch/pytorchProgram.ts';
import { ANYSIZE_HEADS } from './anysizeHeads.ts';
import { embeddedBackbone, embeddedGraph } from './ourAnswer.ts';
import { photosWithAnswers, pythonLines } from './photoAnswers.ts';
import { shippedWhitening } from './shippedWhitening.ts';

/** A Python with torch, safetensors, pillow and numpy, named by whoever wants these tests: they take a minute. */
const python = process.env['ANYSIZE_PYTHON'];

const HEADS: [string, HeadData][] = [
  [
    'the default',
    sampleHead({ levels: [4, 2, 1], rule: 'adaptive', pooling: 'max' }, { sqrt: false, l2: 'vector', centre: true }),
  ],
  [
    'raw, fit',
    {
      ...sampleHead(
        { levels: [4, 2, 1], rule: 'adaptive', pooling: 'max' },
        { sqrt: false, l2: 'none', centre: false },
      ),
      policy: { kind: 'fit', side: 96 },
    },
  ],
  [
    'mean, √, per level, native',
    {
      ...sampleHead({ levels: [3, 1], rule: 'adaptive', pooling: 'mean' }, { sqrt: true, l2: 'level', centre: true }),
      policy: { kind: 'native', maxPixels: 20_000 },
    },
  ],
  [
    'paper rule, crop',
    {
      ...sampleHead({ levels: [3, 2], rule: 'paper', pooling: 'max' }, { sqrt: true, l2: 'vector', centre: false }),
      policy: { kind: 'crop' },
    },
  ],
  ...ANYSIZE_HEADS,
];

describe.skipIf(!python)('the Python program in PyTorch (ANYSIZE_PYTHON)', () => {
  let backbone: Backbone;
  let folder: string;
  beforeAll(async () => {
    backbone = await embeddedBackbone();
    folder = await mkdtemp(join(tmpdir(), 'anysize-pytorch-'));
    await writeFile(join(folder, 'backbone.safetensors'), backboneToSafetensors(await embeddedGraph()));
    await writeFile(join(folder, 'whitening.safetensors'), shippedWhitening().file);
  }, 60_000);
  afterAll(async () => {
    backbone.dispose();
    await rm(folder, { recursive: true });
  });

  test.each(HEADS)('%s answers as the app does', { timeout: 120_000 }, async (_, head) => {
    await writeFile(join(folder, 'head.safetensors'), headToSafetensors(head));
    await writeFile(join(folder, 'classify.py'), pytorchProgram(head));
    const { paths, answers: wanted } = await photosWithAnswers(folder, backbone, head);
    const answers = (await pythonLines(python!, join(folder, 'classify.py'), paths)).map((line) => line.split('\t'));
    expect(answers.map(([path, label]) => ({ path, label }))).toEqual(
      wanted.map(({ label }, i) => ({ path: paths[i], label })),
    );
    wanted.forEach(({ probability }, i) => expect(Math.abs(Number(answers[i]![2]) - probability)).toBeLessThan(1e-3));
  });
});
