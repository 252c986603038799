/** Our own features in the page: thorough ones, tiles, another backend, and a pyramid that a person overrules. */
import type { Page } from '@playwright/test';
import { expect, LONG, test } from './fixtures.ts';
import { headline, open, trainHere } from './projectSteps.ts';

/** Trains stripes against checks on small drawn photos, and asks a photo of so many pixels whole and in tiles. */
function trained(page: Page, features: 'anysize' | 'thorough', sides: readonly [number, number], tileBudget: number) {
  return page.evaluate(
    async ({ features, sides, tileBudget }) => {
      const draw = (width: number, height: number, checks: boolean, step: number) => {
        const canvas = new OffscreenCanvas(width, height);
        const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
        for (let y = 0; y < height; y += step) {
          for (let x = 0; x < width; x += step) {
            const light = (checks ? x + y : y) % (2 * step) < step;
            context.fillStyle = light ? `rgb(230, ${120 + ((x + step) % 100)}, 90)` : '#135';
            context.fillRect(x, y, step, step);
          }
        }
        return canvas.convertToBlob();
      };
      const many = (checks: boolean) => Promise.all([7, 9, 11, 13].map((step) => draw(60 + step, 50, checks, step)));
      const { run } = await window.anysize.train({
        classes: { stripes: await many(false), checks: await many(true) },
        options: { vectors: { features }, training: { method: 'exact' }, split: { share: 0 } },
      });
      const photo = await draw(sides[0], sides[1], true, 40);
      const asked = { head: { id: run.id }, policy: { kind: 'native', maxPixels: 2 ** 24 } } as const;
      const scores = (classes: readonly { label: string; score: number }[]) =>
        classes.map(({ label, score }) => [label, score] as const).toSorted(([a], [b]) => (a < b ? -1 : 1));
      const whole = await window.anysize.classify(photo, asked);
      const tiled = await window.anysize.classify(photo, { ...asked, tileBudget });
      const inspected = await window.anysize.inspect(photo, asked);
      return {
        features: run.vectors.features,
        candidates: run.pyramidChoice?.candidates.length,
        whole: scores(whole),
        tiled: scores(tiled),
        tiles: tiled.analysis.tiles?.count ?? 1,
        blocks: inspected.evidence[0]?.blocks?.length ?? 0,
      };
    },
    { features, sides, tileBudget },
  );
}

for (const [backend, features, details] of [
  ['wasm', 'anysize', {}],
  ['wasm', 'thorough', LONG],
  ['webgpu', 'anysize', LONG],
] as const) {
  test(
    `${features} features on ${backend}: trained, and a photo in tiles answered as whole`,
    details,
    async ({ engine }) => {
      test.setTimeout(300_000);
      // Thin for a GPU in software.
      const [sides, budget] = backend === 'wasm' ? ([[900, 700], 600 ** 2] as const) : ([[900, 40], 670 * 40] as const);
      const found = await trained(await engine(backend), features, sides, budget);
      expect(found.features).toBe(features);
      expect(found.candidates).toBe(3);
      // Thorough features look at sizes of their own, none of which needs tiles.
      if (features === 'anysize') expect(found.tiles).toBeGreaterThan(1);
      expect(found.whole[0]?.[0]).toBe('checks');
      for (const [i, [label, score]] of found.whole.entries()) {
        expect(found.tiled[i]?.[0]).toBe(label);
        expect(Math.abs((found.tiled[i]?.[1] ?? 1) - score)).toBeLessThan(1e-4);
      }
      expect(found.blocks).toBeGreaterThanOrEqual(2);
    },
  );
}

test('the pyramid that the photos chose is told, overruled, and shown with its weights', async ({ page }, info) => {
  await open(page);
  await trainHere(page, info, 12);
  await expect(headline(page)).toBeVisible();
  await page.getByRole('button', { name: 'See results' }).click();
  const told = page.getByRole('region', { name: 'The pyramid on these photos' });
  await expect(told).toContainText(/right on \d+\.\d % with/);
  await expect(told).not.toContainText('Overruled');
  await told.getByLabel('Pyramid of the next run').selectOption({ index: 3 });
  await told.getByRole('button', { name: 'Train', exact: true }).click();
  await page.getByRole('button', { name: 'See results' }).click();
  await expect(told).toContainText('Overruled: this run has');
});
