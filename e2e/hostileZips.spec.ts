import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, hasShared, NO_SHARED, SHARED, test } from './fixtures.ts';
import { png } from './png.ts';
import { ODD_CLASS_NAMES, ZIP_OUTCOMES } from './zipOutcomes.ts';

test.skip(!hasShared, NO_SHARED);

const hostile = join(SHARED, 'images/hostile');
const names = hasShared ? readdirSync(join(hostile, 'zips')).toSorted() : [];

/** The photo that is there before, and must be there after. */
const KEPT = 'Class 1';

const zipInput = (page: Page) => page.locator('input[aria-label="Photos or a zip to learn from"]').first();
const folderInput = (page: Page) => page.locator('input[aria-label^="Folder of class folders"]').first();

async function openWithPhoto(page: Page): Promise<void> {
  await page.goto('./?backend=wasm#finetune');
  await page.evaluate(() => window.anysize.ready);
  const photo = png(60, 40, (x, y) => [4 * x, 6 * y, (x * y) % 256]);
  await zipInput(page).setInputFiles({ name: 'mine.png', mimeType: 'image/png', buffer: photo });
  await expect(page.getByRole('button', { name: 'All photos 1 photos' })).toBeVisible();
  // With no class open, a zip's photos go where their folders say.
  await page.getByRole('button', { name: 'All photos 1 photos' }).click();
}

/** Classes of the list with their numbers of photos, "All photos" left out. */
function classes(page: Page): Promise<[string, number][]> {
  return page
    .locator('[data-class-button]')
    .evaluateAll((buttons) =>
      buttons
        .slice(1)
        .map(({ children }) => [children[1]?.textContent ?? '', Number.parseInt(children[2]?.textContent ?? '', 10)]),
    );
}

/** Every photo was read: none waits, none failed, nothing is shown as running. */
async function allRead(page: Page): Promise<void> {
  await expect(page.getByRole('progressbar')).toHaveCount(0);
  await expect(page.getByText(/not read yet|cannot be read$/)).toHaveCount(0);
}

test('the table of outcomes names exactly the zips that there are', () => {
  expect(Object.keys(ZIP_OUTCOMES).toSorted()).toEqual(names);
});

/** Everything that was said is put away and everything that was added undone, but for the photo that was there first. */
async function asBefore(page: Page): Promise<void> {
  const dismiss = page.getByRole('button', { name: 'Dismiss' });
  while ((await dismiss.count()) > 0) await dismiss.first().click();
  await expect(async () => {
    const now = await classes(page);
    if (now.length > 1 || now[0]?.[1] !== 1) await page.getByRole('button', { name: /^Undo/ }).click({ timeout: 1000 });
    expect(await classes(page)).toEqual([[KEPT, 1]]);
  }).toPass({ intervals: [0, 50, 100] });
  await page.getByRole('button', { name: 'All photos 1 photos' }).click();
}

test('every hostile zip: its classes or its refusal, and what was there stays', async ({ page }) => {
  test.setTimeout(300_000);
  await openWithPhoto(page);
  for (const name of names) {
    await test.step(name, async () => {
      const outcome = ZIP_OUTCOMES[name];
      if (!outcome) throw new Error(`${name} is not in the table`);
      await zipInput(page).setInputFiles(join(hostile, 'zips', name));
      for (const sentence of outcome.said) {
        await expect(page.getByText(sentence), name).toBeVisible({ timeout: 60_000 });
      }
      await expect.poll(() => classes(page), name).toEqual([[KEPT, 1], ...outcome.classes]);
      await allRead(page);
      if (outcome.said.length === 0) await expect(page.getByRole('button', { name: 'Dismiss' }), name).toHaveCount(0);

      // It is no dead end: the next photo is taken as ever.
      const next = png(50, 70, (x, y) => [(x * 9) % 256, 3 * y, 128]);
      await page.getByRole('button', { name: `${KEPT} 1 photos` }).click();
      await zipInput(page).setInputFiles({ name: 'next.png', mimeType: 'image/png', buffer: next });
      await expect(page.getByRole('button', { name: `${KEPT} 2 photos` }), name).toBeVisible();
      await allRead(page);
      await asBefore(page);
    });
  }
});

test('folders of odd names become classes of those names, as text', async ({ page }) => {
  await openWithPhoto(page);
  await folderInput(page).setInputFiles(join(hostile, 'class_names'));
  await expect(page.getByRole('button', { name: `All photos ${1 + ODD_CLASS_NAMES.length} photos` })).toBeVisible();
  const made = await classes(page);
  expect(made[0]).toEqual([KEPT, 1]);
  expect(made.slice(1).toSorted()).toEqual(ODD_CLASS_NAMES.map((odd) => [odd, 1]).toSorted());
  await allRead(page);
  // Eight folders with the same photo: the page asks which one is right instead of guessing.
  await expect(page.getByText('1 photo stands in more than one class.')).toBeVisible();
  await expect(page.locator('[data-class-button] b')).toHaveCount(0);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide).toBeLessThanOrEqual(1280);
});
