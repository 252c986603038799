import { InferenceSession, Tensor } from 'onnxruntime-web';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { applyHead } from '../../src/core/head/buildHead.ts';
import { headSizes } from '../../src/core/head/headSizes.ts';
import { toChannelMajor } from '../../src/core/pyramid/flatten.ts';
import { joinBlocks, type PooledMaps, whitenPhoto } from '../../src/core/recipe/recipe.ts';
import { goldenPooled } from '../../src/core/recipe/recipeFixtures.ts';
import { planSize } from '../../src/core/size/sizing.ts';
import { softmax } from '../../src/core/softmax.ts';
import type { BackboneGraph } from '../../src/formats/backboneGraph.ts';
import { onnxHeadModel, onnxPixelModel } from '../../src/formats/onnx/onnxModel.ts';
import type { Backbone } from '../../src/worker/models/backbone.ts';
import { ANYSIZE_HEADS } from './anysizeHeads.ts';
import { largestDifference } from './largestDifference.ts';
import { channelsFirst, embeddedBackbone, embeddedGraph, ourRecipeAnswer, syntheticImage } from './ourAnswer.ts';
import { shippedWhitening } from './shippedWhitening.ts';

const { whitenings } = shippedWhitening();

// Seconds on an idle machine; a busy one must not make it fail.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let backbone: Backbone;
let graph: BackboneGraph;
beforeAll(async () => {
  backbone = await embeddedBackbone();
  graph = await embeddedGraph();
});
afterAll(() => backbone.dispose());

describe('a head on the recipe, from pixels to probabilities', () => {
  test.each(ANYSIZE_HEADS)('%s agrees with the app', async (_, head) => {
    const session = await InferenceSession.create(onnxPixelModel(head, graph, '0', 0, whitenings));
    const sizes = headSizes(head);
    const names = sizes.length > 1 ? ['image_224', 'image_300'] : ['image'];
    expect(session.inputNames).toEqual(expect.arrayContaining(names));
    expect(session.inputNames).toHaveLength(sizes.length);
    const seen = new Set<number>();
    for (const [i, [width, height]] of (
      [
        [320, 200],
        [97, 161],
        [40, 900],
      ] as const
    ).entries()) {
      // Another picture for each size: one that is taken for another shows.
      const images = sizes.map(({ policy }, s) => {
        const { input } = planSize({ width, height }, policy);
        return syntheticImage(input.height, input.width, 10 * i + s + 1);
      });
      const ours = await ourRecipeAnswer(backbone, head, images);
      const feeds = Object.fromEntries(
        images.map((image, s) => {
          const { policy } = sizes[s]!;
          const name = sizes.length > 1 && policy.kind === 'area' ? `image_${policy.side}` : 'image';
          return [name, new Tensor('float32', channelsFirst(image), [1, 3, image.height, image.width])];
        }),
      );
      const { probabilities } = await session.run(feeds);
      const theirs = (await probabilities!.getData()) as Float32Array;
      const difference = largestDifference(theirs, ours.probabilities);
      expect(difference, `${width}×${height}`).toBeLessThan(1e-3);
      seen.add(Math.round(1000 * theirs[0]!));
    }
    // Like answers would agree without proving anything.
    expect(seen.size).toBe(3);
    await session.release();
  });
});

test.each(ANYSIZE_HEADS)('the head alone, %s, agrees on batches of any size', async (_, head) => {
  const session = await InferenceSession.create(onnxHeadModel(head, '0', 0, whitenings));
  const length = head.weights.length / head.classes.length;
  const weights = head.features?.kind === 'anysize' ? head.features.weights : { two: 0, four: 0 };
  const flat = ({ whole, middle, two, four }: PooledMaps) => [
    ...whole,
    ...middle,
    ...(weights.two > 0 ? toChannelMajor(two, [2], 1280) : []),
    ...(weights.four > 0 ? toChannelMajor(four, [4], 1280) : []),
  ];
  for (const batch of [1, 3]) {
    const photos = Array.from({ length: batch }, (_each, i) => goldenPooled(i + 1));
    const data = Float32Array.from(photos.flatMap(flat));
    const { probabilities: out } = await session.run({ vector: new Tensor('float32', data, [batch, length]) });
    const ours = photos.flatMap((pooled) => [
      ...softmax(applyHead(head, joinBlocks(whitenPhoto(pooled, whitenings), weights)).logits),
    ]);
    expect(out!.dims).toEqual([batch, head.classes.length]);
    expect(largestDifference((await out!.getData()) as Float32Array, ours)).toBeLessThan(1e-4);
  }
  await session.release();
});
