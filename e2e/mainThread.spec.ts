/** The page stays alive: no task on its main thread takes over 50 ms of processor time, whatever is being done. */
import type { Page, TestInfo } from '@playwright/test';
import { dropDrawn } from './drop.ts';
import { expect, LONG, test } from './fixtures.ts';
import { expectShortTasks } from './mainThread.ts';
import { headline, kept, showTab, trainHere } from './projectSteps.ts';
import { seedBatch } from './seedBatch.ts';
import { tinyPng } from './tinyImages.ts';

// Recording an action takes a picture of the page, which is work of the page's.
test.use({ trace: 'off' });

/** Once, when the page is opened, its script is evaluated in one task. */
const LOADING = 80;

async function open(page: Page, tab: string): Promise<void> {
  await page.goto(`./?backend=wasm#${tab}`);
  await page.evaluate(() => window.anysize.ready);
}

/** What comes after an action: later renderings, thumbnails, saving. */
async function settle(page: Page): Promise<void> {
  for (const _ of [1, 2]) {
    await page.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => requestIdleCallback(resolve, { timeout: 5000 }))),
    );
    await expect(page.locator('html[data-keeping="keeping"]')).toHaveCount(0);
  }
}

/** The next two frames, in which a wheel's turn is seen. */
const painted = (page: Page) =>
  page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));

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

for (const [photos, details] of [
  [20, {}],
  [60, LONG],
] as const)
  test(
    `opening the page, then a queue of ${photos} photos: cancel keeps what is done, the rest can go on`,
    details,
    async ({ page }) => {
      await expectShortTasks(page, 'opening the page', () => open(page, 'classify'), LOADING);
      const row = (status: string) => page.locator(`[role=option][data-status=${status}]`);
      await expectShortTasks(page, `a queue of ${photos} photos`, async () => {
        await dropDrawn(
          page,
          Array.from({ length: photos }, (_, i) => [200 + 5 * i, 150 + ((i * 31) % 200)]),
        );
        await expect(row('done').first()).toBeVisible();
        await page.getByRole('button', { name: 'Cancel', exact: true }).click();
        const goOn = page.getByRole('button', { name: /^Go on/ });
        await expect(goOn).toBeVisible();
        await goOn.click();
        await expect(page.getByText(`${photos} photos`, { exact: true })).toBeVisible({ timeout: 90_000 });
      });
    },
  );

for (const [many, details] of [
  [60, {}],
  [2000, LONG],
] as const)
  test(
    `${many} photos in two classes: added, looked through, edited, and back after a reload`,
    details,
    async ({ page }) => {
      test.setTimeout(300_000);
      const allOfThem = page.getByRole('button', { name: `All photos ${many.toLocaleString('en')} photos` });
      const right = (photos: number) =>
        page.getByRole('button', { name: `right ${photos.toLocaleString('en')} photos` });
      await open(page, 'finetune');
      const choose = await chooseMany(page, many);
      await expectShortTasks(page, `adding ${many} photos`, async () => {
        await choose();
        await expect(allOfThem).toBeVisible();
        await expect(right(many / 2)).toBeVisible();
        await expect(page.getByText(/^Reading \d/)).toHaveCount(0, { timeout: 200_000 });
        await settle(page);
      });
      const grid = page.getByRole('listbox', { name: 'All photos' });
      await expectShortTasks(page, 'scrolling them', async () => {
        await grid.hover();
        for (let i = 0; i < 12; i++) {
          await page.mouse.wheel(0, 1500);
          await painted(page);
        }
        await grid.press('End');
        await settle(page);
      });
      await expectShortTasks(page, 'moving all of them, undone', async () => {
        await grid.press('ControlOrMeta+a');
        await grid.press('2');
        await expect(right(many)).toBeVisible();
        await grid.press('ControlOrMeta+z');
        await expect(right(many / 2)).toBeVisible();
        await settle(page);
      });
      await expectShortTasks(page, 'other tabs and back', async () => {
        for (const tab of ['Projects', 'Classify', 'Fine-tune']) {
          await showTab(page, tab);
          await settle(page);
        }
        await expect(grid).toBeVisible();
      });
      await kept(page, many);
      await expectShortTasks(
        page,
        'opening the project again',
        async () => {
          await page.reload();
          await expect(allOfThem).toBeVisible({ timeout: 100_000 });
          await settle(page);
        },
        LOADING,
      );
    },
  );

const exampleHere = (page: Page) => page.getByRole('button', { name: /built-in example/i }).click();

for (const [what, begin, details] of [
  ['16 photos', (page: Page, info: TestInfo) => trainHere(page, info, 16), {}],
  ['the built-in example', exampleHere, LONG],
] as const)
  test(`training on ${what} with live charts, and its results`, details, async ({ page }, info) => {
    test.setTimeout(240_000);
    await open(page, 'finetune');
    await expectShortTasks(page, `${what}, read and trained`, async () => {
      await begin(page, info);
      await expect(headline(page)).toBeVisible({ timeout: 150_000 });
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

for (const [results, details] of [
  [1000, {}],
  [10_000, LONG],
] as const)
  test(`a batch of ${results} results: opened, sorted, filtered, selected, scrolled`, details, async ({ page }) => {
    await open(page, 'classify');
    await seedBatch(page, results);
    await open(page, 'classify');
    const table = page.getByRole('table', { name: 'Results' });
    await expectShortTasks(page, `opening ${results} results`, async () => {
      await showTab(page, 'Batch');
      await expect(table).toHaveAttribute('aria-rowcount', String(results + 1));
      await settle(page);
    });
    await expectShortTasks(page, 'sorting them', async () => {
      for (const by of ['Name', 'Class', 'Score', 'Score', 'Size', 'Time']) {
        await page.getByRole('columnheader', { name: by }).getByRole('button').click();
        await settle(page);
      }
      await expect(page.getByRole('columnheader', { name: 'Time' })).toHaveAttribute('aria-sort', 'ascending');
    });
    await expectShortTasks(page, 'filtering and selecting them', async () => {
      await page.getByRole('searchbox', { name: 'Name' }).pressSequentially('img_4');
      await expect(page.getByText(new RegExp(`^[\\d,]+ of ${results.toLocaleString('en')}`))).toBeVisible();
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
        await painted(page);
      }
      await settle(page);
    });
  });
