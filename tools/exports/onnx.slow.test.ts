import { InferenceSession, Tensor } from 'onnxruntime-web';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Backbone } from '../../src/worker/models/backbone.ts';
import type { HeadData } from '../../src/core/model.ts';
import { softmax } from '../../src/core/softmax.ts';
import { applyHead } from '../../src/core/head/buildHead.ts';
import { createRandom } from '../../src/core/random.ts';
import type { BackboneGraph } from '../../src/formats/backboneGraph.ts';
import { sampleHead } from '../../src/formats/exportFixtures.ts';
import { onnxHeadModel, onnxPixelModel } from '../../src/formats/onnx/onnxModel.ts';
import { toChannelMajor } from '../../src/core/pyramid/flatten.ts';
import { largestDifference } from './largestDifference.ts';
import {
  channelsFirst,
  embeddedBackbone,
  embeddedGraph,
  ourAnswer,
  syntheticImage,
  type TestImage,
} from './ourAnswer.ts';

/** Odd, even, smaller than a cell, long and flat, multiples of 32 and not. */
const SIZES = [
  [128, 128],
  [97, 61],
  [130, 200],
  [33, 257],
  [1, 5],
  [159, 160],
] as const;

const HEADS: [string, HeadData][] = [
  [
    'the default',
    sampleHead({ levels: [4, 2, 1], rule: 'adaptive', pooling: 'max' }, { sqrt: false, l2: 'vector', centre: true }),
  ],
  [
    'raw vectors, as in the seeds',
    sampleHead({ levels: [4, 2, 1], rule: 'adaptive', pooling: 'max' }, { sqrt: false, l2: 'none', centre: false }),
  ],
  [
    'mean, √, per level',
    sampleHead({ levels: [3, 1], rule: 'adaptive', pooling: 'mean' }, { sqrt: true, l2: 'level', centre: true }),
  ],
];

// Seconds on an idle machine; a busy one must not make it fail.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let backbone: Backbone;
let graph: BackboneGraph;
beforeAll(async () => {
  backbone = await embeddedBackbone();
  graph = await embeddedGraph();
});
afterAll(() => backbone.dispose());

async function probabilities(session: InferenceSession, image: TestImage): Promise<Float32Array> {
  const input = new Tensor('float32', channelsFirst(image), [1, 3, image.height, image.width]);
  const { probabilities: out } = await session.run({ image: input });
  return (await out!.getData()) as Float32Array;
}

describe('from pixels to probabilities', () => {
  test.each(HEADS)('%s agrees with the app at six sizes', async (_, head) => {
    const file = onnxPixelModel(head, graph, '0');
    const session = await InferenceSession.create(file);
    const seen = new Set<number>();
    for (const [i, [height, width]] of SIZES.entries()) {
      const image = syntheticImage(height, width, i + 1);
      const ours = await ourAnswer(backbone, head, image);
      const theirs = await probabilities(session, image);
      const difference = largestDifference(theirs, ours.probabilities);
      expect(difference, `${height}×${width}`).toBeLessThan(1e-3);
      seen.add(Math.round(1000 * theirs[0]!));
    }
    // Six like answers would agree without proving anything.
    expect(seen.size).toBe(SIZES.length);
    await session.release();
  });

  test('the paper rule agrees where it gives the bins, and stops where it does not', async () => {
    const head = sampleHead(
      { levels: [4, 2], rule: 'paper', pooling: 'max' },
      { sqrt: false, l2: 'vector', centre: false },
    );
    const session = await InferenceSession.create(onnxPixelModel(head, graph, '0'));
    // 9 × 5 cells: windows of 3 × 2, strides of 2 × 1; the adaptive rule would place them otherwise.
    const image = syntheticImage(9 * 32 - 5, 5 * 32, 3);
    const ours = await ourAnswer(backbone, head, image);
    expect(largestDifference(await probabilities(session, image), ours.probabilities)).toBeLessThan(1e-3);
    // ONNX Runtime's native builds add the node's name, which says what is wrong.
    for (const [height, width, bins] of [
      [7, 8, 6],
      [8, 6, 5],
      [2, 8, 2],
    ] as const) {
      const refused = probabilities(session, syntheticImage(height * 32, width * 32, 1));
      await expect(refused).rejects.toThrow(
        `cannot be reshaped to the requested shape. Input shape:{4}, requested shape:{${bins}}`,
      );
    }
    await session.release();
  });
});

test.each(HEADS)('the head alone, %s, agrees on batches of any size', async (_, head) => {
  const session = await InferenceSession.create(onnxHeadModel(head, '0'));
  const random = createRandom(5);
  const length = head.weights.length / head.classes.length;
  for (const batch of [1, 3]) {
    const vectors = Array.from({ length: batch }, () => Float32Array.from({ length }, () => 6 * random.next() ** 3));
    // An empty picture: L2 must leave zeros as they are.
    if (batch > 1) vectors[1]!.fill(0);
    const data = new Float32Array(batch * length);
    vectors.forEach((vector, i) => data.set(toChannelMajor(vector, head.pyramid.levels, head.channels), i * length));
    const { probabilities: out } = await session.run({ vector: new Tensor('float32', data, [batch, length]) });
    const ours = vectors.flatMap((vector) => [...softmax(applyHead(head, vector).logits)]);
    expect(out!.dims).toEqual([batch, head.classes.length]);
    expect(largestDifference((await out!.getData()) as Float32Array, ours)).toBeLessThan(1e-5);
  }
  await session.release();
});
