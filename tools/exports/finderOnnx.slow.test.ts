import { InferenceSession, Tensor } from 'onnxruntime-web';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { boxArea, iou } from '../../src/core/find/boxes.ts';
import type { BackboneGraph } from '../../src/formats/backboneGraph.ts';
import { FINDERS, sampleFinder, sampleWindows } from '../../src/formats/finder/finderFixtures.ts';
import { finderMapsModel, finderWindowsModel } from '../../src/formats/finder/finderModel.ts';
import type { Backbone } from '../../src/worker/models/backbone.ts';
import { finderAnswer } from './finderAnswer.ts';
import { largestDifference } from './largestDifference.ts';
import { channelsFirst, embeddedBackbone, embeddedGraph, syntheticImage } from './ourAnswer.ts';

/** Odd and even sides, whose cells' phases differ; one map of few cells; photos larger and smaller than what the model sees. */
const PHOTOS = [
  { height: 160, width: 224, scale: 1 },
  { height: 131, width: 199, scale: 2.5 },
  { height: 300, width: 97, scale: 0.7 },
  { height: 33, width: 20, scale: 4 },
];

let backbone: Backbone;
let graph: BackboneGraph;
beforeAll(async () => {
  backbone = await embeddedBackbone();
  graph = await embeddedGraph();
});
afterAll(() => backbone.dispose());

describe('a finder as ONNX scores and moves windows as the app does', () => {
  test.each(FINDERS)('%s', async (_, settings) => {
    const finder = sampleFinder(settings);
    const maps = await InferenceSession.create(finderMapsModel(finder, graph, '0'));
    const windows = await InferenceSession.create(finderWindowsModel(finder, '0'));
    for (const [i, { height, width, scale }] of PHOTOS.entries()) {
      const image = syntheticImage(height, width, i + 1);
      const photo = { width: Math.round(width * scale), height: Math.round(height * scale) };
      const boxes = sampleWindows(photo, i + 1);
      const ours = await finderAnswer(backbone, finder, image, photo, boxes);
      const { sx, sy } = { sx: width / photo.width, sy: height / photo.height };
      const pixels = new Tensor('float32', channelsFirst(image), [1, 3, height, width]);
      const scaled = Float32Array.from(boxes.flatMap(([l, t, r, b]) => [l * sx, t * sy, r * sx, b * sy]));
      const { scores, regressed } = await windows.run({
        ...(await maps.run({ image: pixels })),
        size: new Tensor('float32', Float32Array.of(width, height), [2]),
        boxes: new Tensor('float32', scaled, [boxes.length, 4]),
      });
      expect(scores?.dims).toEqual([boxes.length, finder.classes.length]);
      expect(regressed?.dims).toEqual([boxes.length, finder.classes.length, 4]);
      const theirs = (await scores?.getData()) as Float32Array;
      const moved = (await regressed?.getData()) as Float32Array;
      for (const k of finder.classes.keys()) {
        const own = theirs.filter((_value, at) => at % finder.classes.length === k);
        expect(largestDifference(own, ours.scores[k] ?? []), `${width}×${height}`).toBeLessThan(1e-3);
        boxes.forEach((_box, b) => {
          const at = 4 * (b * finder.classes.length + k);
          const [l = 0, t = 0, r = 0, bottom = 0] = moved.subarray(at, at + 4);
          const theirs = [l / sx, t / sy, r / sx, bottom / sy] as const;
          const wanted = ours.regressed[k]?.[b] ?? theirs;
          // Below a tenth of a pixel there is nothing to compare.
          if (boxArea(wanted) > 0.01) expect(iou(theirs, wanted), `${width}×${height} ${b}`).toBeGreaterThan(0.99);
        });
      }
    }
    await maps.release();
    await windows.release();
  });
});
