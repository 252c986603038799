/** The first minute: the idea on the empty page, how it works, five sizes of one photo, folders that may be classes. */
import { dropDrawn } from './drop.ts';
import { expect, test } from './fixtures.ts';
import { dropFromDisk } from './folders.ts';
import { allPhotos, shownClasses } from './projectSteps.ts';
import { tinyPng, writeFiles } from './tinyImages.ts';

test('three photos show the idea live, it can be stopped, a click takes one into the app; each step has its numbers', async ({
  page,
}) => {
  await page.goto('./?backend=wasm');
  const last = page.getByRole('button', { name: 'The same 26,880 numbers' });
  await expect(last).toBeEnabled({ timeout: 60_000 });
  // It goes on by itself until it is stopped.
  await expect(page.getByRole('button', { name: 'Its own grid', pressed: true })).toBeVisible();
  await last.click();
  await expect(page.getByRole('button', { name: 'Play' })).toBeVisible();
  await expect(page.getByText('12×8 cells')).toBeVisible();
  await expect(page.getByText('8×13 cells')).toBeVisible();
  const strips = page.locator('img[src^="data:"][data-shown=true]');
  await expect(strips).toHaveCount(3);
  const widths = await strips.evaluateAll((all) => all.map((strip) => Math.round(strip.getBoundingClientRect().width)));
  expect(new Set(widths).size).toBe(1);

  await page.getByRole('button', { name: 'A cat, wide' }).click();
  await expect(page.locator('[role=option][data-status=done]')).toHaveCount(1);
  await page.getByRole('tab', { name: 'How it works' }).click();
  await expect(page.getByText('step by step on your photo')).toBeVisible();
  const steps = page.getByRole('tabpanel', { name: 'How it works' }).getByRole('listitem');
  await expect(steps).toHaveCount(7);
  await expect(steps.nth(1)).toContainText('12×8 cells, 1,280 numbers');
  await expect(steps.nth(2)).toContainText('16 × 1,280 = 20,480');
  await expect(steps.nth(3)).toContainText('4 × 1,280 = 5,120');
  await expect(steps.nth(5)).toContainText('21 bins × 1,280 = 26,880 numbers');
  // The coarsest bin keeps the largest of the finest.
  const values = async (i: number) =>
    ((await steps.nth(i).textContent()) ?? '')
      .match(/Channel \d+: ([\d. ·]+)/)?.[1]
      ?.split(' · ')
      .map(Number) ?? [];
  expect(await values(2)).toHaveLength(16);
  expect(await values(4)).toEqual([Math.max(...(await values(2)))]);
});

test('under reduced motion the idea stands still with all its parts in view', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('./?backend=wasm');
  await expect(page.locator('img[src^="data:"][data-shown=true]')).toHaveCount(3, { timeout: 60_000 });
  await expect(page.getByRole('button', { name: 'Stop' })).toHaveCount(0);
});

test('one click shows a photo under five sizes: whole, cut off, squashed; another can be taken up', async ({
  page,
}) => {
  await page.addInitScript(() => localStorage.setItem('anysize.settings', JSON.stringify({ head: 'none' })));
  await page.goto('./?backend=wasm');
  await dropDrawn(page, [[320, 200]]);
  await page.getByRole('button', { name: 'Compare five sizes' }).click();
  const dialog = page.getByRole('dialog', { name: 'What the network sees' });
  for (const name of ['Whole photo: whole', 'Fit: whole', 'Native: whole', 'Crop 224: cut off', 'Warp 224: squashed'])
    await expect(dialog.getByRole('img', { name })).toBeVisible();
  // Without classes the answer is the map: five were computed, each its own.
  await expect(dialog.getByText(/^\d+×\d+ cells$/)).toHaveText(
    ['12×8 cells', '15×10 cells', '10×7 cells', '7×7 cells', '7×7 cells'],
    { timeout: 30_000 },
  );
  await dialog.getByRole('listitem').filter({ hasText: 'Warp' }).getByRole('button', { name: 'Use this' }).click();
  await expect(page.getByRole('combobox', { name: /^Size/ })).toHaveValue('warp');
});

test('folders dropped on Classify: what is no photo is left out and counted; one click makes them classes', async ({
  page,
}, info) => {
  const folder = info.outputPath('flowers');
  const files = new Map<string, Buffer>([['daisy/0.txt', Buffer.from('no photo')]]);
  for (let i = 1; i < 4; i++) {
    files.set(`daisy/${i}.png`, tinyPng(40 + i, 50, i));
    files.set(`rose/${i}.png`, tinyPng(60, 40 + i, 10 + i));
  }
  writeFiles(folder, files);
  await page.addInitScript(() => localStorage.setItem('anysize.settings', JSON.stringify({ head: 'none' })));
  await page.goto('./?backend=wasm');
  await page.evaluate(() => window.anysize.ready);
  await dropFromDisk(page, [`${folder}/daisy`, `${folder}/rose`], 640, 400);
  await expect(page.getByText('2 folders: teach it these classes?')).toBeVisible();
  await expect(page.getByText('1 file in these folders is not a photo and was left out.')).toBeVisible();
  await expect(page.locator('[role=option][aria-selected=true]')).toContainText('1.png');
  await expect(page.locator('[role=option]')).toHaveCount(6);
  await page.getByRole('button', { name: 'Teach these classes' }).click();
  await expect(allPhotos(page, 6)).toBeVisible();
  expect(await shownClasses(page)).toEqual(['daisy3 photos', 'rose3 photos']);
});
