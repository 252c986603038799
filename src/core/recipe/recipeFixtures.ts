import { LAST_CHANNELS, MIDDLE_CHANNELS, type PooledMaps } from './recipe.ts';

/** For tests: the inputs of golden/recipe.json, by its formula. */
export function goldenPooled(seed: number): PooledMaps {
  const values = (length: number, factor: number, salt: number) =>
    Float32Array.from({ length }, (_, i) => {
      let h = Math.imul(i + (seed + salt) * 7919, 2654435761) >>> 0;
      h = (h ^ (h >>> 15)) >>> 0;
      h = Math.imul(h, 2246822519) >>> 0;
      h = (h ^ (h >>> 13)) >>> 0;
      return factor * ((h % 40960) / 40960) ** 4;
    });
  return {
    whole: values(LAST_CHANNELS, 3, 0),
    middle: values(2 * MIDDLE_CHANNELS, 2, 10),
    two: values(4 * LAST_CHANNELS, 3, 20),
    four: values(16 * LAST_CHANNELS, 3, 30),
  };
}
