/** The classes that come with the app: they answer with no network, and nothing leaves the origin before a person asks for it. */
import { join } from 'node:path';
import { folderOf, photos } from './batchSteps.ts';
import { detailsOpen } from './details.ts';
import { dropFiles } from './drop.ts';
import { expect, hasShared, NO_SHARED, SHARED, test } from './fixtures.ts';
import { headline, showTab, trainHere } from './projectSteps.ts';

test('a whole session with the defaults asks nothing of another host: classify, pyramid, train, batch', async ({
  page,
  baseURL,
}, info) => {
  test.setTimeout(180_000);
  const elsewhere: string[] = [];
  page.context().on('request', (request) => {
    const url = request.url();
    if (!/^(blob|data):/.test(url) && !url.startsWith(baseURL ?? '')) elsewhere.push(url);
  });
  await detailsOpen(page);
  await page.goto('./?backend=wasm');
  await page.evaluate(() => window.anysize.ready);
  await page.locator('section button:has(img)').first().click();
  const row = page.locator('[role=option][data-status=done]');
  await expect(row).toHaveCount(1);
  const classes = page.getByRole('region', { name: 'Classes' });
  await expect(classes.getByRole('listitem')).toHaveCount(5);
  await expect(classes.locator('[data-said]')).toBeVisible();
  await expect(classes).toContainText('Everyday things');
  await page.getByRole('button', { name: 'Evidence', exact: true }).click();
  await expect(page.getByText(/cells .* \+ bias .* = /)).toBeVisible();

  await showTab(page, 'Fine-tune');
  await trainHere(page, info, 12);
  await expect(headline(page)).toBeVisible({ timeout: 120_000 });
  // Few validation photos: a number that means more is one click away.
  await page.getByRole('tab', { name: 'Results' }).click();
  await expect(page.getByText(/^This number is rough: only \d+ photos? (was|were) kept back/)).toBeVisible();
  await page.getByRole('button', { name: 'Repeat with other splits' }).click();
  await expect(page.getByText(/^Over 5 times 3 other splits it is right on \d+ %, between/)).toBeVisible();

  await showTab(page, 'Batch');
  await page.getByLabel('Folder of photos for the batch').setInputFiles(folderOf(info, photos(6), 'batch'));
  await expect(page.getByText('6 photos done', { exact: true })).toBeVisible({ timeout: 60_000 });
  expect(elsewhere).toEqual([]);
});

test('it says as much as it knows: a name, a kind of thing, or that it is not sure, with five names below', async ({
  page,
}) => {
  test.skip(!hasShared, NO_SHARED);
  await page.goto('./?backend=wasm');
  await page.evaluate(() => window.anysize.ready);
  await dropFiles(
    page,
    ['pizza.jpg', 'coffeepot.jpg'].map((name) => join(SHARED, 'images/known', name)),
  );
  await expect(page.locator('[role=option][data-status=done]')).toHaveCount(2);
  const classes = page.getByRole('region', { name: 'Classes' });
  const answers: [string, RegExp][] = [
    ['pizza.jpg', /^pizza(?!\.)/],
    ['coffeepot.jpg', /^(not sure|some kind of)/],
  ];
  for (const [name, words] of answers) {
    const option = page.getByRole('option', { name });
    await option.click();
    await expect(classes.locator('[data-said]')).toHaveText(words);
    await expect(classes.getByRole('listitem')).toHaveCount(5);
    await expect(option.getByText(words)).toBeVisible();
  }
});

test.describe('where the ImageNet names are chosen and cannot be fetched', () => {
  test.use({ imagenet: 'unavailable' });

  test('one plain sentence, the details folded, and the way back to the built-in classes', async ({ page }) => {
    await page.goto('./?backend=wasm');
    await page.evaluate(() => window.anysize.ready);
    await page.locator('section button:has(img)').first().click();
    await expect(page.getByText('ImageNet’s names could not be fetched.', { exact: true })).toBeVisible();
    const host = page.getByText(/storage\.googleapis\.com/);
    await expect(host.first()).toBeHidden();
    await page.getByText('Details', { exact: true }).first().click();
    await expect(host.first()).toBeVisible();
    await page.getByRole('button', { name: 'Use the built-in classes' }).click();
    await expect(page.getByRole('region', { name: 'Classes' }).getByRole('listitem')).toHaveCount(5);
  });
});
