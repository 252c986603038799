import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { HeadData } from '../src/core/model.ts';
import { sampleHead } from '../src/formats/exportFixtures.ts';
import { tfjsModel } from '../src/formats/tfjs/tfjsModel.ts';
import { tfjsPage } from '../src/formats/tfjs/tfjsPage.ts';
import { png } from '../tools/exports/png.ts';
import { embeddedBackbone, MODEL_FOLDER, ourAnswer, syntheticImage } from '../tools/exports/ourAnswer.ts';

const TFJS = join('node_modules', '@tensorflow', 'tfjs', 'dist', 'tf.min.js');
const ADDRESS = 'http://exported.test/';

const HEADS: [string, HeadData, [height: number, width: number]][] = [
  [
    'the default normalisation, adaptive',
    sampleHead({ levels: [4, 2, 1], rule: 'adaptive', pooling: 'max' }, { sqrt: false, l2: 'vector', centre: true }),
    [101, 163],
  ],
  [
    'mean, √, per level, paper rule',
    sampleHead({ levels: [3, 1], rule: 'paper', pooling: 'mean' }, { sqrt: true, l2: 'level', centre: true }),
    [95, 200],
  ],
];

for (const [name, sample, [height, width]] of HEADS) {
  test(`the exported TF.js page answers as the app does: ${name}`, async ({ page }) => {
    // At its own size, so that the browser's resampling plays no part.
    const head: HeadData = { ...sample, policy: { kind: 'native', maxPixels: 2 ** 20 } };
    const files = tfjsModel(head, '0');
    await page.route(`${ADDRESS}**`, (route) => {
      const path = new URL(route.request().url()).pathname.slice(1);
      if (path === '') return route.fulfill({ body: tfjsPage(head), contentType: 'text/html' });
      if (path === 'tf.min.js') return route.fulfill({ path: TFJS });
      if (path === 'head/model.json') return route.fulfill({ body: files['model.json'] });
      if (path === 'head/weights.bin') return route.fulfill({ body: Buffer.from(files['weights.bin']) });
      const file = join(MODEL_FOLDER, path.replace('features/', ''));
      return existsSync(file) ? route.fulfill({ path: file }) : route.fulfill({ status: 404 });
    });
    const image = syntheticImage(height, width, 4);
    const rgb = Uint8Array.from(image.pixels, (value) => Math.round(value * 255));
    const backbone = await embeddedBackbone();
    const ours = await ourAnswer(backbone, head, {
      height,
      width,
      pixels: Float32Array.from(rgb, (value) => value / 255),
    });
    backbone.dispose();
    const best = ours.probabilities.indexOf(Math.max(...ours.probabilities));

    await page.goto(ADDRESS);
    // The input works once both models are loaded.
    await expect.poll(() => page.evaluate(() => document.querySelector('input')?.onchange !== null)).toBe(true);
    await page
      .getByLabel('Photo')
      .setInputFiles({ name: 'x.png', mimeType: 'image/png', buffer: Buffer.from(png(width, height, rgb)) });
    const answer = page.locator('output');
    await expect(answer).toContainText(': ');
    const [label, probability] = (await answer.textContent())!.split(/: (?=\d)/);
    expect(label).toBe(head.classes[best]);
    expect(Math.abs(Number(probability) - ours.probabilities[best]!)).toBeLessThan(1e-3);
  });
}
