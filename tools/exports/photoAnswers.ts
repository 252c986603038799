import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { headFeatures } from '../../src/core/head/headFeatures.ts';
import { headSizes } from '../../src/core/head/headSizes.ts';
import type { HeadData, SizePolicy } from '../../src/core/model.ts';
import { planSize } from '../../src/core/size/sizing.ts';
import type { Backbone } from '../../src/worker/models/backbone.ts';
import { resamplePixels } from '../../src/worker/path/pixels/resamplePixels.ts';
import { ourAnswer, ourRecipeAnswer, syntheticImage, type TestImage } from './ourAnswer.ts';
import { png } from './png.ts';

/** A photo's best class and its probability. */
export interface PhotoAnswer {
  label: string | undefined;
  probability: number;
}

/** A photo as a policy sizes it, by the app's own resampling. */
export function sized(rgb: Uint8Array, width: number, height: number, policy: SizePolicy): TestImage {
  const { source, input } = planSize({ width, height }, policy);
  const rgba = new Uint8ClampedArray(source.width * source.height * 4);
  for (let y = 0; y < source.height; y++) {
    for (let x = 0; x < source.width; x++) {
      const from = ((source.y + y) * width + source.x + x) * 3;
      rgba.set(rgb.subarray(from, from + 3), (y * source.width + x) * 4);
    }
  }
  return { ...input, pixels: resamplePixels(rgba, source, input) };
}

/**
 * What the app answers for a photo.
 * @param inBytes whether the sized photo is rounded to bytes first, as a canvas has it
 */
export async function answerOf(
  rgb: Uint8Array,
  width: number,
  height: number,
  backbone: Backbone,
  head: HeadData,
  inBytes = false,
): Promise<PhotoAnswer> {
  const images = headSizes(head).map(({ policy }) => {
    const image = sized(rgb, width, height, policy);
    return inBytes ? { ...image, pixels: image.pixels.map((value) => Math.round(value * 255) / 255) } : image;
  });
  const { probabilities } =
    headFeatures(head).kind === 'anysize'
      ? await ourRecipeAnswer(backbone, head, images)
      : await ourAnswer(backbone, head, images[0]!);
  const best = probabilities.indexOf(Math.max(...probabilities));
  return { label: head.classes[best], probability: probabilities[best]! };
}

/** Writes three photos of different shapes into a folder. @returns their paths, and what the app answers for each */
export async function photosWithAnswers(folder: string, backbone: Backbone, head: HeadData) {
  const paths: string[] = [];
  const answers: PhotoAnswer[] = [];
  for (const [i, [height, width]] of (
    [
      [211, 340],
      [180, 97],
      [64, 1400],
    ] as const
  ).entries()) {
    const rgb = Uint8Array.from(syntheticImage(height, width, i + 1).pixels, (value) => Math.round(value * 255));
    const path = join(folder, `${i}.png`);
    await writeFile(path, png(width, height, rgb));
    paths.push(path);
    answers.push(await answerOf(rgb, width, height, backbone, head));
  }
  return { paths, answers };
}

/** Lines that a Python program prints. @throws what it printed where it fails */
export async function pythonLines(python: string, program: string, args: readonly string[]): Promise<string[]> {
  const { stdout } = await promisify(execFile)(python, [program, ...args]);
  return stdout.trim().split('\n');
}
