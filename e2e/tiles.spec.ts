/** Images in tiles: exactly the vector of the whole, and stopped between two. */
import type { Page } from '@playwright/test';
import { expect, LONG, test } from './fixtures.ts';

/** About 24 × 24 cells, 8 × 8 of them without halo. */
const SMALL_BUDGET = 780 * 780;

/** Draws a seeded image of `width` × `height` in the page and compares its vector in one piece with the one from tiles. */
function tiledAndWhole(
  page: Page,
  [width, height]: readonly [number, number],
  seed: number,
  { tileBudget, pooling, view }: { tileBudget: number; pooling: 'max' | 'mean'; view: boolean },
) {
  return page.evaluate(
    async ({ width, height, seed, tileBudget, pooling, view }) => {
      const canvas = new OffscreenCanvas(width, height);
      const context = canvas.getContext('2d');
      if (!context) throw new Error('no canvas');
      const image = context.createImageData(width, height);
      let state = seed;
      for (let i = 0; i < image.data.length; i++) {
        state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
        const [x, y] = [(i >> 2) % width, Math.floor((i >> 2) / width)];
        const wave =
          128 + 60 * Math.sin((x * (seed % 7)) / 50 + y / 30) + 60 * Math.cos(x / 90 - (y * (seed % 5)) / 40);
        image.data[i] = i % 4 === 3 ? 255 : wave + (state >>> 26);
      }
      context.putImageData(image, 0, 0);
      const blob = await canvas.convertToBlob();
      const pyramid = { levels: [4, 2, 1], rule: 'adaptive' as const, pooling };
      const options = { policy: 'native', head: 'none', pyramid } as const;
      const whole = await window.anysize.inspect(blob, { ...options, tileBudget: 2 ** 24 });
      const vector = await window.anysize.vector(blob, { policy: 'native', pooling, tileBudget });
      const tiles: { done: number; total: number }[] = [];
      const onStage = (_: string, tile?: { done: number; total: number }) => tile && tiles.push(tile);
      const inspected = view ? await window.anysize.inspect(blob, { ...options, tileBudget, onStage }) : null;
      const difference = (other: Float32Array) =>
        other.length === whole.vector.length
          ? whole.vector.reduce((most, value, i) => Math.max(most, Math.abs(value - (other[i] ?? Number.NaN))), 0)
          : Number.NaN;
      return {
        untiled: whole.tiles,
        largest: Math.max(...whole.vector),
        difference: difference(vector.data),
        inspected: inspected && {
          tiles: inspected.tiles?.count ?? 1,
          progress: tiles.map(({ done, total }) => `${done}/${total}`),
          difference: difference(inspected.vector),
          otherArgmax: (inspected.argmax ?? []).filter((cell, i) => cell !== whole.argmax?.[i]).length,
        },
      };
    },
    { width, height, seed, tileBudget, pooling, view },
  );
}

// Seeded: the same ten sizes each time, none a multiple of 32, with every phase of 2, 4, 8, 16 and 32 among them.
const SIZES = Array.from({ length: 10 }, (_, i) => {
  const side = (k: number) => {
    const pixels = 800 + ((i * 397 + k * 211 + i * i * 53) % 700);
    return pixels % 32 === 0 ? pixels + 1 : pixels;
  };
  return [side(1), side(2)] as const;
});

// Thin, for a GPU in software and for plain JavaScript: one side up to 1500 px, lying and upright by turns.
const THIN_SIZES = Array.from({ length: 10 }, (_, i) => {
  const long = 700 + ((i * 397 + i * i * 53) % 800);
  const short = 33 + ((i * 211) % 31);
  const side = long % 32 === 0 ? long + 1 : long;
  return i % 2 ? ([side, short] as const) : ([short, side] as const);
});
/** Pixels along a strip that one tile may have: a few cells and their halo. */
const THIN_TILE = 670;

const PLANS = [
  { backend: 'wasm', sizes: SIZES, tileBudget: () => SMALL_BUDGET },
  ...(['webgpu', 'cpu'] as const).map((backend) => ({
    backend,
    sizes: THIN_SIZES,
    tileBudget: (sides: readonly number[]) => Math.min(...sides) * THIN_TILE,
  })),
] as const;

/** Of the sizes: one that is inspected and one whose mean is pooled; and all. */
const ROUNDS = [
  ['two', [0, 3], {}],
  ['ten', THIN_SIZES.map((_, i) => i), LONG],
] as const;

for (const { backend, sizes, tileBudget, count, chosen, details } of PLANS.flatMap((plan) =>
  ROUNDS.filter(([count]) => plan.backend === 'wasm' || count === 'ten').map(([count, chosen, details]) => ({
    ...plan,
    count,
    chosen,
    details,
  })),
)) {
  test(
    `tiles give the vector of the whole on ${backend}, at ${count} sizes up to 1500 px`,
    details,
    async ({ engine }) => {
      test.setTimeout(600_000);
      const page = await engine(backend);
      let most = 0;
      for (const i of chosen) {
        const sides = sizes[i] ?? [0, 0];
        const pooling = i % 4 === 3 ? 'mean' : 'max';
        const options = { tileBudget: tileBudget(sides), pooling, view: i < 2 } as const;
        const found = await tiledAndWhole(page, sides, 100 + i, options);
        const size = sides.join(' × ');
        expect(found.untiled, size).toBeNull();
        expect(found.largest, size).toBeGreaterThan(0.5);
        expect(found.difference, size).toBeLessThanOrEqual(1e-4);
        most = Math.max(most, found.difference);
        if (!found.inspected) continue;
        const { tiles } = found.inspected;
        expect(tiles, size).toBeGreaterThan(1);
        expect(found.inspected, size).toEqual({
          tiles,
          progress: Array.from({ length: tiles + 1 }, (_, done) => `${done}/${tiles}`),
          difference: found.difference,
          otherArgmax: 0,
        });
      }
      process.stdout.write(`tiled against whole on ${backend}: largest difference ${most.toExponential(1)}\n`);
    },
  );
}

test('cancelling stops between tiles', async ({ engine }) => {
  const page = await engine('wasm');
  const outcome = await page.evaluate(async (tileBudget) => {
    const canvas = new OffscreenCanvas(2000, 1999);
    canvas.getContext('2d')?.fillRect(0, 0, 500, 500);
    const controller = new AbortController();
    let last = 0;
    const onStage = (_: string, tile?: { done: number; total: number }) => {
      if (tile) last = tile.done;
      if (tile?.done === 2) controller.abort();
    };
    const options = { policy: 'native', head: 'none', tileBudget, onStage, signal: controller.signal } as const;
    const error = await window.anysize.classify(await canvas.convertToBlob(), options).catch((error: Error) => error);
    return { name: (error as Error).name, last };
  }, SMALL_BUDGET);
  expect(outcome.name).toBe('Cancelled');
  expect(outcome.last).toBeLessThanOrEqual(4);
});
