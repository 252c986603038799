import { describe, expect, it } from 'vitest';
import { augment, type AugmentOptions, DEFAULT_AUGMENTATION } from './augment.ts';
import type { RgbImage } from './rgbImage.ts';
import { brightnessContrast, hueSaturationValue } from './augmentColour.ts';
import {
  gridDistortionMap,
  horizontalFlip,
  reflect101,
  remap,
  resizeArea,
  rotate90,
  shiftScaleRotateMap,
} from './augmentGeometry.ts';
import { createRandom } from '../random.ts';

/** Grey image from rows of numbers. */
const grey = (rows: number[][]): RgbImage => ({
  data: Float32Array.from(rows.flat().flatMap((value) => [value, value, value])),
  width: rows[0]!.length,
  height: rows.length,
});
const rowsOf = ({ data, width, height }: RgbImage) =>
  Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_, x) => +data[(y * width + x) * 3]!.toFixed(5)),
  );
const noise = (width: number, height: number): RgbImage => {
  const random = createRandom(width * 1000 + height);
  return { data: Float32Array.from({ length: width * height * 3 }, () => random.next()), width, height };
};
const pixel = (...rgb: number[]): RgbImage => ({ data: Float32Array.from(rgb), width: 1, height: 1 });

describe('HorizontalFlip', () => {
  it('mirrors rows', () => {
    expect(
      rowsOf(
        horizontalFlip(
          grey([
            [1, 2, 3],
            [4, 5, 6],
          ]),
        ),
      ),
    ).toEqual([
      [3, 2, 1],
      [6, 5, 4],
    ]);
  });
  it('twice changes nothing, colours included', () => {
    const image = noise(5, 4);
    expect(horizontalFlip(horizontalFlip(image))).toEqual(image);
    expect(horizontalFlip(image)).not.toEqual(image);
  });
});

describe('RandomRotate90', () => {
  it('turns counter-clockwise: the top right corner comes to the top left', () => {
    expect(
      rowsOf(
        rotate90(
          grey([
            [1, 2, 3],
            [4, 5, 6],
          ]),
          1,
        ),
      ),
    ).toEqual([
      [3, 6],
      [2, 5],
      [1, 4],
    ]);
    expect(
      rowsOf(
        rotate90(
          grey([
            [1, 2, 3],
            [4, 5, 6],
          ]),
          2,
        ),
      ),
    ).toEqual([
      [6, 5, 4],
      [3, 2, 1],
    ]);
  });
  it('four times changes nothing', () => {
    const image = noise(5, 3);
    expect(rotate90(rotate90(image, 3), 1)).toEqual(image);
    expect(rotate90(image, 4)).toEqual(image);
  });
});

describe('Resize', () => {
  it('averages the area that each pixel covers', () => {
    expect(
      rowsOf(
        resizeArea(
          grey([
            [1, 3, 5, 7],
            [1, 3, 9, 11],
          ]),
          2,
          1,
        ),
      ),
    ).toEqual([[2, 8]]);
    expect(rowsOf(resizeArea(grey([[0, 3, 6]]), 2, 1))).toEqual([[1, 5]]);
  });
  it('keeps the aspect and stays within its limits', () => {
    for (let seed = 0; seed < 20; seed++) {
      const { width, height } = augment(noise(120, 80), { Resize: { p: 1, scaleMin: 0.5 } }, seed);
      expect(width).toBeGreaterThanOrEqual(60);
      expect(width).toBeLessThanOrEqual(120);
      expect(Math.abs(width / height - 1.5)).toBeLessThan(0.03);
    }
    expect(augment(noise(40, 33), { Resize: { p: 1, scaleMin: 0.01 } }, 3).height).toBeGreaterThanOrEqual(32);
  });
});

describe('reflect_101', () => {
  it('mirrors without repeating the edge', () => {
    expect([-4, -3, -2, -1, 0, 1, 2, 3, 4, 5].map((i) => reflect101(i, 3))).toEqual([0, 1, 2, 1, 0, 1, 2, 1, 0, 1]);
    expect(reflect101(-7, 1)).toBe(0);
  });
});

describe('ShiftScaleRotate', () => {
  const image = noise(5, 5);
  const still = { angle: 0, scale: 1, dx: 0, dy: 0 };
  const apply = (from: RgbImage, change: Partial<typeof still>) =>
    remap(from, shiftScaleRotateMap(from, { ...still, ...change }));

  it('changes nothing when there is nothing to do', () => {
    expect(apply(image, {})).toEqual(image);
  });
  it('shifts to the right and down, and reflects what comes in', () => {
    expect(rowsOf(apply(grey([[1, 2, 3, 4]]), { dx: 0.25 }))).toEqual([[2, 1, 2, 3]]);
    expect(rowsOf(apply(grey([[1], [2], [3], [4]]), { dy: 0.5 }))).toEqual([[3], [2], [1], [2]]);
  });
  it('rotates counter-clockwise: 90° is rot90', () => {
    const turned = apply(image, { angle: 90 });
    rotate90(image, 1).data.forEach((value, i) => expect(turned.data[i]).toBeCloseTo(value, 4));
  });
  it('scales about the centre', () => {
    expect(rowsOf(apply(grey([[0, 1, 2, 3, 4]]), { scale: 2 }))).toEqual([[1, 1.5, 2, 2.5, 3]]);
  });
});

describe('GridDistortion', () => {
  it('changes nothing when all steps are equal', () => {
    const image = noise(13, 9);
    const same = remap(image, gridDistortionMap(image, [1, 1, 1], [2, 2]));
    image.data.forEach((value, i) => expect(same.data[i]).toBeCloseTo(value, 5));
    const untouched = augment(image, { GridDistortion: { p: 1, numSteps: 5, distortLimit: 0 } }, 1);
    image.data.forEach((value, i) => expect(untouched.data[i]).toBeCloseTo(value, 5));
  });
  it('shows a longer stretch of the source where the step is larger', () => {
    const { x, y } = gridDistortionMap({ width: 9, height: 1 }, [3, 1], [1]);
    expect([...x].map((value) => +value.toFixed(4))).toEqual([0, 1.5, 3, 4.5, 6, 6.5, 7, 7.5, 8]);
    expect([...y]).toEqual(Array.from({ length: 9 }, () => 0));
  });
});

describe('RandomBrightnessContrast', () => {
  it('is x·(1 + contrast) + brightness, clipped', () => {
    const image = pixel(0.2, 0.5, 0.9);
    brightnessContrast(image, 0.1, 0.2);
    expect([...image.data].map((value) => +value.toFixed(5))).toEqual([0.34, 0.7, 1]);
  });
});

describe('HueSaturationValue', () => {
  const shifted = (rgb: number[], hue: number, saturation: number, value: number) => {
    const image = pixel(...rgb);
    hueSaturationValue(image, hue, saturation, value);
    return [...image.data].map((x) => +x.toFixed(5));
  };
  it('turns red into green after 60 steps of 2°, and into blue the other way', () => {
    expect(shifted([1, 0, 0], 60, 0, 0)).toEqual([0, 1, 0]);
    expect(shifted([1, 0, 0], -60, 0, 0)).toEqual([0, 0, 1]);
  });
  it('takes colour away and darkens', () => {
    expect(shifted([0.8, 0.4, 0.2], 0, -255, 0)).toEqual([0.8, 0.8, 0.8]);
    expect(shifted([0.8, 0.4, 0.2], 0, 0, -0.4 * 255)).toEqual([0.4, 0.2, 0.1]);
  });
  it('changes nothing when there is nothing to do, and nothing comes back after a full circle', () => {
    for (const rgb of [
      [0.1, 0.7, 0.3],
      [0.9, 0.2, 0.8],
      [0.5, 0.5, 0.5],
      [0, 0, 0],
    ]) {
      expect(shifted(rgb, 0, 0, 0)).toEqual(rgb);
      expect(shifted(rgb, 180, 0, 0)).toEqual(rgb);
    }
  });
});

describe('augment', () => {
  const everything = Object.fromEntries(
    Object.entries(DEFAULT_AUGMENTATION).map(([name, options]) => [name, { ...options, p: 1 }]),
  ) as AugmentOptions;

  it('gives the same view for the same seed, another for another, and leaves the photo alone', () => {
    const image = noise(60, 45);
    const before = image.data.slice();
    expect(augment(image, everything, 5)).toEqual(augment(image, everything, 5));
    expect(augment(image, everything, 6)).not.toEqual(augment(image, everything, 5));
    expect(image.data).toEqual(before);
  });
  it('stays within 0…1 and the sides fit the data', () => {
    for (let seed = 0; seed < 10; seed++) {
      const { data, width, height } = augment(noise(64, 50), everything, seed);
      expect(data).toHaveLength(width * height * 3);
      expect(data.every((value) => value >= 0 && value <= 1)).toBe(true);
    }
  });
  it('does nothing without options or at probability 0, and something about as often as asked', () => {
    const image = noise(8, 8);
    expect(augment(image, {}, 1)).toEqual(image);
    expect(augment(image, { HorizontalFlip: { p: 0 } }, 1)).toEqual(image);
    const flipped = JSON.stringify([...horizontalFlip(image).data]);
    let count = 0;
    for (let seed = 0; seed < 400; seed++) {
      if (JSON.stringify([...augment(image, { HorizontalFlip: { p: 0.3 } }, seed).data]) === flipped) count++;
    }
    expect(count).toBeGreaterThan(90);
    expect(count).toBeLessThan(150);
  });
});
