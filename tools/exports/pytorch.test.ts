import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Backbone } from '../../src/worker/models/backbone.ts';
import type { HeadData } from '../../src/core/model.ts';
import { resamplePixels } from '../../src/worker/path/pixels/resamplePixels.ts';
import { planSize } from '../../src/core/size/sizing.ts';
import { sampleHead } from '../../src/formats/exportFixtures.ts';
import { headToSafetensors } from '../../src/formats/pytorch/pytorchHead.ts';
import { backboneToSafetensors, pytorchProgram } from '../../src/formats/pytorch/pytorchProgram.ts';
import { png } from './png.ts';
import { embeddedBackbone, embeddedGraph, ourAnswer, syntheticImage } from './ourAnswer.ts';

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
];

describe.skipIf(!python)('the Python program in PyTorch (ANYSIZE_PYTHON)', () => {
  let backbone: Backbone;
  let folder: string;
  beforeAll(async () => {
    backbone = await embeddedBackbone();
    folder = await mkdtemp(join(tmpdir(), 'anysize-pytorch-'));
    await writeFile(join(folder, 'backbone.safetensors'), backboneToSafetensors(await embeddedGraph()));
  }, 60_000);
  afterAll(async () => {
    backbone.dispose();
    await rm(folder, { recursive: true });
  });

  test.each(HEADS)('%s answers as the app does', { timeout: 120_000 }, async (_, head) => {
    await writeFile(join(folder, 'head.safetensors'), headToSafetensors(head));
    await writeFile(join(folder, 'classify.py'), pytorchProgram(head));
    const wanted: { label: string | undefined; probability: number }[] = [];
    const names: string[] = [];
    for (const [i, [height, width]] of (
      [
        [211, 340],
        [180, 97],
        [64, 1400],
      ] as const
    ).entries()) {
      const rgb = Uint8Array.from(syntheticImage(height, width, i + 1).pixels, (value) => Math.round(value * 255));
      names.push(join(folder, `${i}.png`));
      await writeFile(names.at(-1)!, png(width, height, rgb));
      const { source, input } = planSize({ width, height }, head.policy);
      const rgba = new Uint8ClampedArray(source.width * source.height * 4);
      for (let y = 0; y < source.height; y++) {
        for (let x = 0; x < source.width; x++) {
          const from = ((source.y + y) * width + source.x + x) * 3;
          rgba.set(rgb.subarray(from, from + 3), (y * source.width + x) * 4);
        }
      }
      const pixels = resamplePixels(rgba, source, input);
      const { probabilities } = await ourAnswer(backbone, head, { ...input, pixels });
      const best = probabilities.indexOf(Math.max(...probabilities));
      wanted.push({ label: head.classes[best], probability: probabilities[best]! });
    }
    const { stdout } = await promisify(execFile)(python!, [join(folder, 'classify.py'), ...names]);
    const answers = stdout
      .trim()
      .split('\n')
      .map((line) => line.split('\t'));
    expect(answers.map(([path, label]) => ({ path, label }))).toEqual(
      wanted.map(({ label }, i) => ({ path: names[i], label })),
    );
    wanted.forEach(({ probability }, i) => expect(Math.abs(Number(answers[i]![2]) - probability)).toBeLessThan(1e-3));
  });
});
