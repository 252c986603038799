import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { tfjsModel } from '../../src/formats/tfjs/tfjsModel.ts';
import { tfjsPage } from '../../src/formats/tfjs/tfjsPage.ts';
import { tfjsWhitening } from '../../src/formats/tfjs/tfjsWhitening.ts';
import type { Backbone } from '../../src/worker/models/backbone.ts';
import { joinModel, modelHandler, parseModelJson } from '../../src/worker/models/modelFiles.ts';
import { resamplePixels } from '../../src/worker/path/pixels/resamplePixels.ts';
import { ANYSIZE_HEADS } from './anysizeHeads.ts';
import { embeddedBackbone, MODEL_FOLDER, syntheticImage } from './ourAnswer.ts';
import { answerOf } from './photoAnswers.ts';
import { shippedWhitening } from './shippedWhitening.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

interface Picture {
  width: number;
  height: number;
  rgba: Uint8ClampedArray<ArrayBuffer>;
}

/** A canvas that resamples as the app does, to the bytes that a canvas has: so the page's own arithmetic is what is compared. */
class Canvas {
  private data = new Uint8ClampedArray();
  constructor(
    readonly width: number,
    readonly height: number,
  ) {}
  getContext() {
    return {
      fillRect: () => {},
      drawImage: (picture: Picture) => {
        const pixels = resamplePixels(picture.rgba, picture, this);
        this.data = new Uint8ClampedArray(this.width * this.height * 4).fill(255);
        for (let i = 0; i < pixels.length; i++) {
          this.data[Math.floor(i / 3) * 4 + (i % 3)] = Math.round(pixels[i]! * 255);
        }
      },
      getImageData: () => ({ data: new Uint8Array(this.data), width: this.width, height: this.height }),
    };
  }
}

const whitening = tfjsWhitening(shippedWhitening().file);
let backbone: Backbone;
beforeAll(async () => {
  backbone = await embeddedBackbone();
});
afterAll(() => backbone.dispose());

test.each(ANYSIZE_HEADS)('the script of the exported page answers as the app does: %s', async (_, head) => {
  const files = tfjsModel(head, '0');
  const json = JSON.parse(files['model.json']);
  const own = {
    ...tf,
    loadGraphModel: async () => {
      const text = await readFile(`${MODEL_FOLDER}model.json`, 'utf8');
      const weights = new Uint8Array(await readFile(`${MODEL_FOLDER}weights.bin`));
      return tf.loadGraphModel(modelHandler(joinModel(parseModelJson(text, 'model.json'), [weights], 'model.json')));
    },
    loadLayersModel: () =>
      tf.loadLayersModel(
        tf.io.fromMemory({
          modelTopology: json.modelTopology,
          weightSpecs: json.weightsManifest[0].weights,
          weightData: files['weights.bin'].buffer,
        }),
      ),
    io: {
      ...tf.io,
      loadWeights: async ([{ weights }]: [{ weights: tf.io.WeightsManifestEntry[] }]) =>
        tf.io.decodeWeights(whitening['weights.bin'].buffer, weights),
    },
  };
  const fetched = async (path: string) => ({
    json: async () => (path === 'head/model.json' ? json : JSON.parse(whitening['weights_manifest.json'])),
  });
  const elements = {
    input: { onchange: async (_event: object): Promise<void> => {} },
    output: { textContent: '' },
    p: { remove: () => {} },
  };
  const document = { querySelector: (name: keyof typeof elements) => elements[name] };
  const script = /<script type="module">([^]*)<\/script>/.exec(tfjsPage(head))?.[1] ?? '';
  const scope = {
    tf: own,
    fetch: fetched,
    document,
    OffscreenCanvas: Canvas,
    createImageBitmap: async (file: Picture) => file,
  };
  // oxlint-disable-next-line typescript/no-implied-eval -- it runs what the app exports
  const run = new Function(...Object.keys(scope), `let onunhandledrejection; return (async () => {${script}})();`);
  await run(...Object.values(scope));

  const { width, height, pixels } = syntheticImage(200, 320, 4);
  const rgb = Uint8Array.from(pixels, (value) => Math.round(value * 255));
  const rgba = Uint8ClampedArray.from({ length: width * height * 4 }, (_each, i) =>
    i % 4 === 3 ? 255 : rgb[Math.floor(i / 4) * 3 + (i % 4)]!,
  );
  const before = tf.memory().numTensors;
  await elements.input.onchange({ target: { files: [{ width, height, rgba }] } });
  expect(tf.memory().numTensors).toBe(before);
  const [label, probability] = elements.output.textContent.split(/: (?=\d)/);
  const ours = await answerOf(rgb, width, height, backbone, head, true);
  expect(label).toBe(ours.label);
  expect(Math.abs(Number(probability) - ours.probability)).toBeLessThan(1e-3);
});
