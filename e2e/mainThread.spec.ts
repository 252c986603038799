/** The page stays alive: no task on its main thread takes over 50 ms of processor time, whatever is being done. */
import type { Page } from '@playwright/test';
import { dropDrawn } from './drop.ts';
import { expect, test } from './fixtures.ts';
import { expectShortTasks } from './mainThread.ts';
import { kept, showTab } from './projectSteps.ts';
import { seedBatch } from './seedBatch.ts';
import { tinyPng } from './tinyImages.ts';

// Recording an action takes a picture of the page, which is work of the page's.
test.use({ trace: 'off' });

const MANY = 2000;
const RESULTS = 10_000;
/** Once, when the page is opened, its script is evaluated in one task. */
const LOADING = 80;

async function open(page: Page, tab: string): Promise<void> {
  await page.goto(`./?backend=wasm#${tab}`);
  await page.evaluate(() => window.anysize.ready);
}

const allOfThem = (page: Page) => page.getByRole('button', { name: 'All photos 2,000 photos' });
/** What comes after an action: later renderings, saving, thumbnails. */
const settle = (page: Page) => page.waitForTimeout(400);

/** Chooses drawn photos, of folders left and right by turns, as the folder picker would. (The browser's own picker makes its list in one long task.) */
async function chooseMany(page: Page, count: number): Promise<() => Promise<void>> {
  const files = Array.from({ length: count }, (_, i) => tinyPng(20 + (i % 9), 20 + (i % 11), i).toString('base64'));
  await page.evaluate((files) => {
    const transfer = new DataTransfer();
    for (const [i, base64] of files.entries()) {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const file = new File([bytes], `${i}.png`, { type: 'image/png' });
      Object.defineProperty(file, 'webkitRelativePath', { value: `many/${i % 2 ? 'left' : 'right'}/${i}.png` });
      transfer.items.add(file);
    }
    const input = document.querySelector<HTMLInputElement>('input[webkitdirectory]');
    if (input) input.files = transfer.files;
  }, files);
  return () => page.locator('input[webkitdirectory]').first().dispatchEvent('change');
}

test('opening the page, then a queue of 60 photos: cancel keeps what is done, the rest can go on', async ({ page }) => {
  await expectShortTasks(page, 'opening the page', () => open(page, 'classify'), LOADING);
  const row = (status: string) => page.locator(`[role=option][data-status=${status}]`);
  await expectShortTasks(page, 'a queue of 60 photos', async () => {
    await dropDrawn(
      page,
      Array.from({ length: 60 }, (_, i) => [200 + 5 * i, 150 + ((i * 31) % 200)]),
    );
    await expect(row('done').first()).toBeVisible();
    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    const goOn = page.getByRole('button', { name: /^Go on/ });
    await expect(goOn).toBeVisible();
    await goOn.click();
    await expect(page.getByText('60 photos', { exact: true })).toBeVisible({ timeout: 90_000 });
  });
});

test(`${MANY} photos in two classes: added, looked through, edited, and back after a reload`, async ({ page }) => {
  test.setTimeout(300_000);
  await open(page, 'finetune');
  const choose = await chooseMany(page, MANY);
  await expectShortTasks(page, `adding ${MANY} photos`, async () => {
    await choose();
    await expect(allOfThem(page)).toBeVisible();
    await expect(page.getByRole('button', { name: 'right 1,000 photos' })).toBeVisible();
    await expect(page.getByText(/^Reading \d/)).toHaveCount(0, { timeout: 200_000 });
    await settle(page);
  });
  const grid = page.getByRole('listbox', { name: 'All photos' });
  await expectShortTasks(page, 'scrolling them', async () => {
    await grid.hover();
    for (let i = 0; i < 12; i++) {
      await page.mouse.wheel(0, 1500);
      await page.waitForTimeout(50);
    }
    await grid.press('End');
    await settle(page);
  });
  await expectShortTasks(page, 'moving all of them, undone', async () => {
    await grid.press('ControlOrMeta+a');
    await grid.press('2');
    await expect(page.getByRole('button', { name: 'right 2,000 photos' })).toBeVisible();
    await grid.press('ControlOrMeta+z');
    await expect(page.getByRole('button', { name: 'right 1,000 photos' })).toBeVisible();
    await settle(page);
  });
  await expectShortTasks(page, 'other tabs and back', async () => {
    for (const tab of ['Projects', 'Classify', 'Fine-tune']) {
      await showTab(page, tab);
      await settle(page);
    }
    await expect(grid).toBeVisible();
  });
  await kept(page, MANY);
  await expectShortTasks(
    page,
    'opening the project again',
    async () => {
      await page.reload();
      await expect(allOfThem(page)).toBeVisible({ timeout: 100_000 });
      await settle(page);
    },
    LOADING,
  );
});

test('training with live charts, and its results', async ({ page }) => {
  test.setTimeout(240_000);
  await open(page, 'finetune');
  await expectShortTasks(page, 'the built-in example, drawn, read and trained', async () => {
    await page.getByRole('button', { name: /built-in example/i }).click();
    await expect(page.getByText(/of \d+ validation photos$/).first()).toBeVisible({ timeout: 150_000 });
    await settle(page);
  });
  await expectShortTasks(page, 'photos, curves and results in turn', async () => {
    for (const view of ['Photos', 'Train', 'Results']) {
      await page.getByRole('tab', { name: view, exact: true }).click();
      await settle(page);
    }
    await expect(page.getByRole('region', { name: 'Confusion matrix' })).toBeVisible();
  });
});

test(`a batch of ${RESULTS} results: opened, sorted, filtered, selected, scrolled`, async ({ page }) => {
  await open(page, 'classify');
  await seedBatch(page, RESULTS);
  await open(page, 'classify');
  const table = page.getByRole('table', { name: 'Results' });
  await expectShortTasks(page, `opening ${RESULTS} results`, async () => {
    await showTab(page, 'Batch');
    await expect(table).toHaveAttribute('aria-rowcount', String(RESULTS + 1));
    await settle(page);
  });
  await expectShortTasks(page, 'sorting them', async () => {
    for (const by of ['Name', 'Class', 'Score', 'Score', 'Size', 'Time']) {
      await page.getByRole('columnheader', { name: by }).getByRole('button').click();
      await page.waitForTimeout(150);
    }
    await expect(page.getByRole('columnheader', { name: 'Time' })).toHaveAttribute('aria-sort', 'ascending');
  });
  await expectShortTasks(page, 'filtering and selecting them', async () => {
    await page.getByRole('searchbox', { name: 'Name' }).pressSequentially('img_4');
    await expect(page.getByText(/^[\d,]+ of 10,000/)).toBeVisible();
    await page.getByRole('button', { name: 'Show all' }).click();
    await page.getByLabel('Show', { exact: true }).selectOption({ index: 2 });
    await page.getByRole('button', { name: 'Show all' }).click();
    await page.getByLabel('Select all that are shown').click();
    await settle(page);
  });
  await expectShortTasks(page, 'scrolling them', async () => {
    await table.hover();
    for (let i = 0; i < 12; i++) {
      await page.mouse.wheel(0, 5000);
      await page.waitForTimeout(50);
    }
    await settle(page);
  });
});
