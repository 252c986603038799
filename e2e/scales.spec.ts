/** What the page shows of size: several sizes side by side, minimum side, thin images, tiles. */
import type { Page } from '@playwright/test';
import { detailsOpen, unfold } from './details.ts';
import { dropDrawn } from './drop.ts';
import { expect, hasShared, IMAGENET_CHOSEN, NO_SHARED, test } from './fixtures.ts';
import { noAxeViolations, noSidewaysScroll } from './accessibility.ts';

async function open(page: Page, settings: object, backend = 'wasm'): Promise<void> {
  await detailsOpen(page);
  await page.addInitScript((text) => localStorage.setItem('anysize.settings', text), JSON.stringify(settings));
  await page.goto(`./?backend=${backend}`);
  await page.evaluate(() => window.anysize.ready);
}

const rows = (page: Page, status: string) => page.locator(`[role=option][data-status=${status}]`);
const native = { kind: 'native', maxPixels: 2 ** 27 } as const;

/** The value beside a name in the Numbers zone. */
const numberOf = (page: Page, name: string) =>
  page
    .locator('dt', { hasText: new RegExp(`^${name}$`) })
    .locator('xpath=following-sibling::dd[1]')
    .first();

test.describe('with the ImageNet labels', () => {
  test.use({ imagenet: 'available' });
  test.skip(!hasShared, NO_SHARED);

  test('seven sizes side by side: their average is the mean of the rows; averaged for all photos when asked', async ({
    page,
  }) => {
    await open(page, IMAGENET_CHOSEN);
    await dropDrawn(page, [[320, 200]]);
    await expect(rows(page, 'done')).toHaveCount(1);
    await unfold(page, 'At several sizes');
    await page.getByRole('button', { name: 'Compute 7 sizes' }).click();
    const table = page.getByRole('table', { name: 'Scores at each size' });
    await expect(table).toBeVisible({ timeout: 60_000 });
    await expect(table.locator('tbody tr')).toHaveCount(7);
    await expect(table.locator('tbody th')).toContainText(['224', '256', '300', '360', '448', '560', 'native']);
    const { each, average } = await table.evaluate((element) => {
      const scores = (row: Element) => [...row.querySelectorAll('td')].map((cell) => Number(cell.dataset['score']));
      const [foot] = element.querySelectorAll('tfoot tr');
      return { each: [...element.querySelectorAll('tbody tr')].map(scores), average: foot ? scores(foot) : [] };
    });
    expect(average).toHaveLength(5);
    average.forEach((score, i) => {
      const mean = each.reduce((sum, row) => sum + (row[i] ?? Number.NaN), 0) / each.length;
      expect(Math.abs(score - mean)).toBeLessThan(1e-6);
    });
    for (const row of [...each, average]) {
      const sum = row.reduce((a, b) => a + b, 0);
      expect(sum).toBeLessThanOrEqual(1 + 1e-6);
    }
    // Not one answer seven times.
    const first = each.map((row) => row[0] ?? 0);
    expect(Math.max(...first) - Math.min(...first)).toBeGreaterThan(0.01);
    await expect(page.getByRole('grid', { name: /^Level 4×4 at / })).toHaveCount(7);
    await noAxeViolations(page);
    await noSidewaysScroll(page);

    await page.getByRole('button', { name: 'Average these sizes for all photos' }).click();
    await expect(page.locator('[role=option]')).toContainText('made with one size');
    await page.getByRole('button', { name: 'Classify all again (1)' }).click();
    await expect(numberOf(page, 'Classes')).toContainText('mean of 7 sizes', { timeout: 60_000 });
    const shown = await page.locator('section[aria-labelledby=classes-title] li').first().textContent();
    expect(shown).toContain(`${((average[0] ?? 0) * 100).toFixed(1)}\u00a0%`);
    await expect(page.getByRole('button', { name: /^Classify all again/ })).toHaveCount(0);
  });
});

test('without labels the pyramids stand side by side all the same; cancel leaves the button', async ({ page }) => {
  await open(page, { head: 'none' });
  await dropDrawn(page, [[500, 700]]);
  await expect(rows(page, 'done')).toHaveCount(1);
  await unfold(page, 'At several sizes');
  const compute = page.getByRole('button', { name: 'Compute 7 sizes' });
  await compute.click();
  await page.getByRole('region', { name: 'At several sizes' }).getByRole('button', { name: 'Cancel' }).click();
  await compute.click();
  await expect(page.getByRole('grid', { name: /^Level 4×4 at / })).toHaveCount(7, { timeout: 60_000 });
  await expect(page.getByRole('table', { name: 'Scores at each size' })).toHaveCount(0);
});

test('a minimum side scales small images up, says so with the answer, and leaves the others alone', async ({
  page,
}) => {
  await open(page, { head: 'none', policy: native });
  await dropDrawn(page, [
    [20, 30],
    [300, 200],
  ]);
  await expect(rows(page, 'done')).toHaveCount(2);
  await expect(numberOf(page, 'Feature map')).toHaveText('1×1 cells × 1280 channels');
  await expect(page.getByText(/fewer on a side than the 4×4 grid/)).toBeVisible();
  await page.getByText(/^More:/).click();
  await page.getByRole('combobox', { name: 'Minimum side' }).selectOption('128 px');
  await expect(numberOf(page, 'Input')).toHaveText(
    '128×192 px (whole image at its own size, up to 134.2 megapixels, minimum side 128 px)',
  );
  await expect(numberOf(page, 'Feature map')).toHaveText('4×6 cells × 1280 channels');
  await expect(page.getByText(/fewer on a side than the 4×4 grid/)).toHaveCount(0);
  await expect(page.getByText(/made with/)).toHaveCount(0);
});

test.describe('where the ImageNet labels were chosen', () => {
  test.use({ imagenet: 'unavailable' });

  test('a large size is chosen with what it costs in view, and left by one click', async ({ page }) => {
    await open(page, IMAGENET_CHOSEN);
    await dropDrawn(page, [[64, 64]]);
    await expect(numberOf(page, 'Input')).toContainText('about 300 × 300 pixels’ worth');
    const place = await page.locator('#stage figure img').first().boundingBox();
    await page.getByRole('combobox', { name: /^Size/ }).selectOption('native');
    await expect(page.getByText(/right less than half as often/).first()).toBeVisible();
    // Nothing moves for it, and it is said once though Details are open.
    await expect(page.getByText(/right less than half as often/)).toHaveCount(1);
    expect(await page.locator('#stage figure img').first().boundingBox()).toEqual(place);
    const limit = page.getByRole('spinbutton', { name: 'Limit' });
    await limit.fill('108');
    await limit.press('Enter');
    await expect(numberOf(page, 'Input')).toContainText('up to 108.0 megapixels');
    await page.getByRole('button', { name: 'Use the default size' }).first().click();
    await expect(page.getByRole('combobox', { name: /^Size/ })).toHaveValue('area');
    await expect(page.getByRole('spinbutton', { name: 'Side' })).toHaveValue('300');
  });
});

for (const [colorScheme, viewport] of [
  ['light', { width: 1280, height: 800 }],
  ['dark', { width: 390, height: 844 }],
] as const) {
  test.describe(`${viewport.width} px, ${colorScheme}`, () => {
    test.use({ colorScheme, viewport });
    test('1×1, 1×5000, 5000×1, 16×4000 and 31×31 are classified and can be seen', async ({ page }) => {
      await open(page, { head: 'none' });
      const sizes: [number, number][] = [
        [1, 1],
        [1, 5000],
        [5000, 1],
        [16, 4000],
        [31, 31],
      ];
      await dropDrawn(page, sizes);
      await expect(rows(page, 'done')).toHaveCount(5);
      for (const [i, [width, height]] of sizes.entries()) {
        const option = page.locator('[role=option]').nth(i);
        await option.click();
        const thumbnail = await option.locator('img').boundingBox();
        expect(Math.min(thumbnail?.width ?? 0, thumbnail?.height ?? 0)).toBeGreaterThanOrEqual(8);
        await expect(page.locator('#stage figcaption')).toContainText(`${width}×${height} px`);
        const shown = await page.locator('#stage img').boundingBox();
        expect(Math.min(shown?.width ?? 0, shown?.height ?? 0)).toBeGreaterThanOrEqual(24);
        const thin = Math.max(width, height) > 50 * Math.min(width, height);
        await expect(page.getByText(/× thicker than it is/)).toHaveCount(thin ? 1 : 0);
        await expect(page.getByText(/fewer on a side than the 4×4 grid/)).toHaveCount(thin ? 1 : 0);
        const grid = await page.getByRole('grid', { name: /^Level 4×4 of/ }).boundingBox();
        expect(Math.min(grid?.width ?? 0, grid?.height ?? 0)).toBeGreaterThanOrEqual(24);
        await noSidewaysScroll(page);
      }
      await page.locator('[role=option]').nth(1).click();
      await noAxeViolations(page);
    });
  });
}

test('tiles: told in the row and over the image, cancelled between two, counted in the numbers', async ({ page }) => {
  test.setTimeout(240_000);
  await open(page, { head: 'none', policy: native });
  await dropDrawn(page, [[2600, 2000]]);
  const option = page.locator('[role=option]');
  await expect(option).toContainText(/Tile 1 of \d+/);
  await expect(page.locator('#stage').getByRole('img', { name: /^Tile \d+ of \d+; \d+ done$/ })).toBeVisible();
  await expect(option).toContainText(/Tile 2 of \d+/, { timeout: 60_000 });
  const total = Number(/Tile \d+ of (\d+)/.exec((await option.textContent()) ?? '')?.[1]);
  await noAxeViolations(page);
  await page.locator('#stage').getByRole('button', { name: 'Cancel' }).click();
  await expect(rows(page, 'cancelled')).toHaveCount(1, { timeout: 60_000 });
  await page.getByRole('button', { name: 'Classify this photo' }).click();
  await expect(rows(page, 'done')).toHaveCount(1, { timeout: 180_000 });
  await expect(numberOf(page, 'Tiles')).toHaveText(new RegExp(`^${total} tiles of [\\d,×]+ px, budget \\d\\.\\d MP$`));
  // The map that the answer was read from is kept for the panel: no second round of tiles.
  await expect(page.getByText('All 21 bins as a table')).toBeVisible({ timeout: 5000 });
});
