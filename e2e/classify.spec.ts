import type { Page } from '@playwright/test';
import { detailsOpen } from './details.ts';
import { dropDrawn } from './drop.ts';
import { expect, test } from './fixtures.ts';
import { noAxeViolations, noSidewaysScroll } from './accessibility.ts';

async function open(page: Page): Promise<void> {
  await page.goto('./?backend=wasm');
  await page.evaluate(() => window.anysize.ready);
}

const rows = (page: Page, status: string) => page.locator(`[role=option][data-status=${status}]`);

test('the empty page offers three samples; one click shows classes, pyramid and numbers', async ({ page }) => {
  await open(page);
  await expect(page.getByRole('heading', { name: /Drop photos of any size/ })).toBeVisible();
  const samples = page.locator('section button:has(img)');
  await expect(samples).toHaveCount(3);
  await samples.first().click();
  await expect(rows(page, 'done')).toHaveCount(1);
  await expect(page.getByText('26,880').first()).toBeVisible();
  // The classes that come with the app: no network is needed.
  await expect(page.getByRole('region', { name: 'Classes' }).getByRole('listitem')).toHaveCount(5);
});

test.describe('where the ImageNet labels were chosen', () => {
  test.use({ imagenet: 'unavailable' });

  test('a network that never answers does not hold the photos up: the pyramid comes without labels', async ({
    page,
  }) => {
    await page.context().route(/^https:\/\/storage\.googleapis\.com\//, () => new Promise<void>(() => {}));
    await open(page);
    await dropDrawn(page, [
      [300, 200],
      [200, 300],
      [260, 260],
    ]);
    await expect(rows(page, 'done')).toHaveCount(3, { timeout: 20_000 });
    await expect(page.getByText('26,880').first()).toBeVisible();
    await expect(page.getByText(/Fetching the ImageNet labels/)).toBeVisible();
  });
});

test('keyboard: arrows move between photos, Delete removes, ? lists the keys, Esc closes', async ({ page }) => {
  await open(page);
  await dropDrawn(page, [
    [300, 200],
    [120, 240],
    [90, 90],
  ]);
  await expect(rows(page, 'done')).toHaveCount(3);
  const list = page.getByRole('listbox', { name: 'Photos' });
  await list.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('[role=option][aria-selected=true]')).toContainText('drawn-2.png');
  await page.keyboard.press('Delete');
  await expect(page.locator('[role=option]')).toHaveCount(2);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('Clear all has an Undo that brings photos and answers back; the keyboard stays where the photos are', async ({
  page,
}) => {
  await open(page);
  const add = page.getByRole('button', { name: 'Add photos…' });
  await expect(add).not.toBeFocused();
  await page.locator('section button:has(img)').first().focus();
  await page.keyboard.press('Enter');
  const list = page.getByRole('listbox', { name: 'Photos' });
  await expect(list).toBeFocused();
  await dropDrawn(page, [
    [300, 200],
    [200, 300],
  ]);
  await expect(rows(page, 'done')).toHaveCount(3);
  await page.locator('[role=option]').nth(2).click();
  const before = await page.locator('[role=option]').allInnerTexts();
  await page.getByRole('button', { name: 'Clear all' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('3 photos cleared.')).toBeVisible();
  await expect(add).toBeFocused();
  await noAxeViolations(page);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(rows(page, 'done')).toHaveCount(3);
  // Not classified once more: the times are those of before.
  expect(await page.locator('[role=option]').allInnerTexts()).toEqual(before);
  await expect(page.locator('[role=option]').nth(2)).toHaveAttribute('aria-selected', 'true');
  await expect(page.locator('[role=option] img')).toHaveCount(3);
  await expect(page.getByText('3 photos cleared.')).toHaveCount(0);
});

test('two photos of different shapes pinned side by side have strips of the same length', async ({ page }) => {
  await open(page);
  await dropDrawn(page, [
    [640, 180],
    [150, 420],
  ]);
  await expect(rows(page, 'done')).toHaveCount(2);
  await page.getByRole('button', { name: /pin to compare/i }).click();
  await page.getByRole('listbox', { name: 'Photos' }).focus();
  await page.keyboard.press('End');
  // Once for each photo, under it.
  await expect(page.getByText(/21 bins × 1280 = 26,880/)).toHaveCount(2);
  await noAxeViolations(page);
});

test('the paper rule that does not fit is said, with sizes that work, and can be left by one click', async ({
  page,
}) => {
  await detailsOpen(page);
  await open(page);
  await dropDrawn(page, [[224, 224]]);
  await page.getByRole('combobox', { name: /^Size/ }).selectOption('native');
  await page.getByRole('combobox', { name: /^Rule/ }).selectOption('paper');
  await expect(page.getByText('The paper rule does not fit this size')).toBeVisible();
  await expect(page.getByText('97–160 or 225–288 px').first()).toBeVisible();
  await page.getByRole('button', { name: 'Use the nearest size that fits' }).click();
  await expect(page.getByText('All 21 bins as a table')).toBeVisible();
  await expect(page.getByRole('spinbutton', { name: 'Side' })).toHaveValue('225');
  await expect(page.getByRole('combobox', { name: /^Rule/ })).toHaveValue('paper');
  await page.getByRole('spinbutton', { name: 'Side' }).fill('224');
  await page.getByRole('spinbutton', { name: 'Side' }).press('Enter');
  await page.getByRole('button', { name: /use adaptive/i }).click();
  await expect(page.getByText('All 21 bins as a table')).toBeVisible();
});

test('no accessibility violation and no sideways scroll, light and dark, on a desk and on a phone', async ({
  page,
}) => {
  // Colours that fade from one scheme to the other have too little contrast on their way.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await open(page);
  const looks = async () => {
    for (const viewport of [
      { width: 1280, height: 800 },
      { width: 390, height: 844 },
    ]) {
      await page.setViewportSize(viewport);
      await noSidewaysScroll(page);
      await page.emulateMedia({ colorScheme: 'light' });
      await noAxeViolations(page);
      await page.emulateMedia({ colorScheme: 'dark' });
      await noAxeViolations(page, ['color-contrast']);
    }
  };
  await looks();
  await dropDrawn(page, [
    [300, 200],
    [40, 300],
  ]);
  await expect(rows(page, 'done')).toHaveCount(2);
  await expect(page.getByText('26,880').first()).toBeVisible();
  await looks();
});

test('settings survive a reload', async ({ page }) => {
  await open(page);
  await dropDrawn(page, [[90, 60]]);
  await page.getByRole('combobox', { name: /^Size/ }).selectOption('warp');
  await page.reload();
  await dropDrawn(page, [[90, 60]]);
  await expect(page.getByRole('combobox', { name: /^Size/ })).toHaveValue('warp');
});

test('the page is served with a strict policy and cross-origin isolation', async ({ page }) => {
  const response = await page.goto('./');
  const headers = response?.headers() ?? {};
  const policy = headers['content-security-policy'] ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain("'unsafe-inline'");
  expect(policy).not.toContain("'unsafe-eval'");
  expect(await page.evaluate(() => window.crossOriginIsolated)).toBe(true);
});

test.describe('without a GPU', () => {
  test('the page says which backend runs and why', async ({ page }) => {
    await page.goto('./');
    await page.evaluate(() => window.anysize.ready);
    const badge = page.getByRole('button', { name: /^Running on your/ });
    await expect(badge).toBeVisible();
    await badge.click();
    await expect(page.getByText(/software|No GPU|hardware GPU/).first()).toBeVisible();
  });
});
