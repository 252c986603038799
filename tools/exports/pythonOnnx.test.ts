import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sampleHead } from '../../src/formats/exportFixtures.ts';
import { onnxPixelModel } from '../../src/formats/onnx/onnxModel.ts';
import { onnxProgram } from '../../src/formats/onnx/onnxProgram.ts';
import type { Backbone } from '../../src/worker/models/backbone.ts';
import { ANYSIZE_HEADS } from './anysizeHeads.ts';
import { embeddedBackbone, embeddedGraph } from './ourAnswer.ts';
import { photosWithAnswers, pythonLines } from './photoAnswers.ts';
import { shippedWhitening } from './shippedWhitening.ts';

/** A Python with onnxruntime, pillow and numpy, named by whoever wants these tests. */
const python = process.env['ANYSIZE_PYTHON'];
const runs = python !== undefined && spawnSync(python, ['-c', 'import onnxruntime, PIL']).status === 0;

describe.skipIf(!runs)('the Python program on ONNX Runtime (ANYSIZE_PYTHON)', () => {
  let backbone: Backbone;
  let folder: string;
  beforeAll(async () => {
    backbone = await embeddedBackbone();
    folder = await mkdtemp(join(tmpdir(), 'anysize-onnx-'));
    await writeFile(join(folder, 'anysize_onnx.py'), onnxProgram());
    await writeFile(
      join(folder, 'answers.py'),
      'import json, sys\nfrom anysize_onnx import Classifier\nclassifier = Classifier(sys.argv[1])\n' +
        'for path in sys.argv[2:]:\n    print(json.dumps(classifier.answer(open(path, "rb").read())))\n',
    );
  }, 60_000);
  afterAll(async () => {
    backbone.dispose();
    await rm(folder, { recursive: true });
  });

  test.each([
    [
      'the paper’s features',
      sampleHead({ levels: [4, 2, 1], rule: 'adaptive', pooling: 'max' }, { sqrt: false, l2: 'vector', centre: true }),
    ] as const,
    ...ANYSIZE_HEADS,
  ])('%s: it sizes photos for every input and answers as the app does', { timeout: 120_000 }, async (_, head) => {
    const model = join(folder, 'model.onnx');
    await writeFile(model, onnxPixelModel(head, await embeddedGraph(), '0', 0, shippedWhitening().whitenings));
    const { paths, answers } = await photosWithAnswers(folder, backbone, head);
    const lines = await pythonLines(python!, join(folder, 'answers.py'), [model, ...paths]);
    const theirs = lines.map((line) => JSON.parse(line) as { label: string; probability: number; error: string });
    expect(theirs.map(({ label, error }) => ({ label, error }))).toEqual(
      answers.map(({ label }) => ({ label, error: '' })),
    );
    theirs.forEach(({ probability }, i) => expect(Math.abs(probability - answers[i]!.probability)).toBeLessThan(1e-3));
  });
});
