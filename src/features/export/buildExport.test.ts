import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test, vi } from 'vitest';
import { DEFAULT_TRAINING, DEFAULT_VECTORS } from '../../core/training/defaults.ts';
import { sampleAnysizeHead, sampleHead } from '../../formats/exportFixtures.ts';
import { readModel } from '../../formats/onnx/readModelFixtures.ts';
import { headFromSafetensors } from '../../formats/pytorch/pytorchHead.ts';
import { readSafetensors } from '../../core/safetensors.ts';
import { unzip } from '../../formats/zip/zipFixtures.ts';
import { buildExport, type ExportRequest } from './buildExport.ts';
import { EXPORT_FORMATS, type ExportFormat } from './exportFormats.ts';

const ROOT = new URL('../../../', import.meta.url);
const head = sampleHead(
  { levels: [4, 2, 1], rule: 'adaptive', pooling: 'max' },
  { sqrt: false, l2: 'vector', centre: true },
);

const anysize = sampleAnysizeHead({ two: 0.3, four: 0.2 }, [224, 300, 448]);

function request(format: ExportFormat, ofHead = head): ExportRequest {
  const run = {
    id: 'r',
    name: 'Birds',
    created: '2026-01-01T00:00:00Z',
    classes: head.classes,
    split: { share: 0.25, seed: 1 },
    vectors: DEFAULT_VECTORS,
    training: { ...DEFAULT_TRAINING, learningRate: 0.01, weightDecay: 3e-4 },
    backend: 'wasm',
    seconds: { vectors: 1, training: 1 },
    batches: [],
    epochs: [],
    decayCurve: [],
    predictions: [],
    metrics: null,
    testMetrics: null,
    failed: [],
    notices: [],
    stopped: false,
  };
  return {
    format,
    run,
    head: ofHead,
    unknownBelow: 0.4,
    hashes: ['ab'],
    base: 'http://app.test/sub/',
    version: '1.2.3',
  };
}

function servePublic(): void {
  vi.stubGlobal('fetch', async (url: URL) => {
    // Where a package's file is served from is Vitest's affair; the built app has it among its own files.
    const file = url.pathname.endsWith('/@tensorflow/tfjs/dist/tf.min.js')
      ? 'node_modules/@tensorflow/tfjs/dist/tf.min.js'
      : /^\/sub\/(models\/.+)$/.exec(url.pathname)?.[1]?.replace(/^/, 'public/');
    expect(file, url.href).toBeDefined();
    return new Response(await readFile(fileURLToPath(new URL(file!, ROOT))));
  });
}

afterEach(() => vi.unstubAllGlobals());

test.each(EXPORT_FORMATS)('the size told for $title is about the size made', async ({ format, bytes }) => {
  servePublic();
  const file = await buildExport(request(format), () => {});
  expect(file.length / bytes(head)).toBeGreaterThan(0.6);
  expect(file.length / bytes(head)).toBeLessThan(1.2);
  const recipe = await buildExport(request(format, anysize), () => {});
  expect(recipe.length / bytes(anysize)).toBeGreaterThan(0.6);
  expect(recipe.length / bytes(anysize)).toBeLessThan(1.2);
});

test('the zips of a head on the recipe hold the whitening, and its head opens again', async () => {
  servePublic();
  const torch = await unzip(await buildExport(request('pytorch', anysize), () => {}));
  const shipped = new Uint8Array(await readFile(new URL('public/models/whitening/whitening.safetensors', ROOT)));
  expect(Buffer.compare(torch['whitening.safetensors']!, shipped)).toBe(0);
  const { head: again } = headFromSafetensors(torch['head.safetensors']!, 'x', anysize.id);
  expect(again).toEqual({ ...anysize, scale: Math.fround(anysize.scale) });
  const web = await unzip(await buildExport(request('tfjs', anysize), () => {}));
  expect(Object.keys(web)).toEqual(
    expect.arrayContaining(['whitening/weights_manifest.json', 'whitening/weights.bin']),
  );
});

test('the PyTorch zip holds a program, both sets of weights, and the card', async () => {
  servePublic();
  const progress: number[] = [];
  const files = await unzip(await buildExport(request('pytorch'), (fraction) => progress.push(fraction)));
  expect(Object.keys(files).toSorted()).toEqual([
    'backbone.safetensors',
    'classify.py',
    'head.safetensors',
    'model-card.md',
  ]);
  const stored = headFromSafetensors(files['head.safetensors']!, 'x', head.id).head;
  expect(stored).toEqual({ ...head, scale: Math.fround(head.scale) });
  const backbone = readSafetensors(files['backbone.safetensors']!, 'x');
  // 52 convolutions, weights and biases.
  expect(backbone.tensors.size).toBe(104);
  expect(backbone.tensors.get('conv1.Conv1.weight')?.shape).toEqual([32, 3, 3, 3]);
  expect(progress).toEqual(progress.toSorted((a, b) => a - b));
});

test('every program answers “unknown” below the probability that was set', async () => {
  servePublic();
  const text = (file: Uint8Array | undefined) => new TextDecoder().decode(file);
  const [python, web, pytorch] = await Promise.all(
    (['onnx-python', 'tfjs', 'pytorch'] as const).map(async (format) =>
      unzip(await buildExport(request(format), () => {})),
    ),
  );
  expect(readModel(python!['model.onnx']!).metadata.get('unknown_below')).toBe('0.4');
  expect(text(python!['anysize_onnx.py'])).toContain('facts.get("unknown_below", 0)');
  expect(text(web!['index.html'])).toContain("probabilities[best] < 0.4 ? 'unknown'");
  expect(text(pytorch!['classify.py'])).toContain('UNKNOWN_BELOW = 0.4 ');
  for (const files of [python, web, pytorch]) expect(text(files!['model-card.md'])).toContain('below 40.0%');
});

test('the Python program that the document on servers links to comes with the ONNX file and the card', async () => {
  servePublic();
  const files = await unzip(await buildExport(request('onnx-python'), () => {}));
  expect(Object.keys(files).toSorted()).toEqual(['anysize_onnx.py', 'model-card.md', 'model.onnx']);
  const document = await readFile(fileURLToPath(new URL('docs/beyond-one-machine.md', ROOT)), 'utf8');
  const linked = /\]\(\.\.\/(\S+anysize_onnx\.py)\)/.exec(document)?.[1] ?? 'no link';
  expect(new TextDecoder().decode(files['anysize_onnx.py'])).toBe(await readFile(new URL(linked, ROOT), 'utf8'));
});

test('the same model gives the same bytes', async () => {
  servePublic();
  for (const format of ['tfjs', 'onnx'] as const) {
    const once = await buildExport(request(format), () => {});
    expect(Buffer.compare(await buildExport(request(format), () => {}), once)).toBe(0);
  }
});

test('the ONNX file keeps all of the backbone', async () => {
  servePublic();
  const { nodes } = readModel(await buildExport(request('onnx'), () => {}));
  const ops = nodes.map(({ op }) => op);
  expect(ops.filter((op) => op === 'Conv')).toHaveLength(52);
  expect(ops.filter((op) => op === 'Clip')).toHaveLength(35);
  expect(ops.filter((op) => op === 'Add').length).toBeGreaterThanOrEqual(10);
});

test('a model that cannot be fetched is told as such', async () => {
  vi.stubGlobal('fetch', async () => new Response('', { status: 503 }));
  await expect(buildExport(request('onnx'), () => {})).rejects.toMatchObject({
    name: 'BadModel',
    message: expect.stringContaining('app.test answered 503 for model.json'),
  });
});
