import { expect, type Page } from '@playwright/test';

/** Opens the page, when it comes to it, with Classify's fold of numbers, levels and times open, as a person who left it so. */
export async function detailsOpen(page: Page): Promise<void> {
  await page.addInitScript(() => localStorage.setItem('anysize.folds', JSON.stringify({ classify: true })));
}

/** Opens the fold under a title, however often the page is laid out anew in the meantime. */
export async function unfold(page: Page, title: string): Promise<void> {
  const fold = page
    .locator('details')
    .filter({ has: page.locator('summary', { hasText: title }) })
    .last();
  await expect(async () => {
    if ((await fold.getAttribute('open')) === null) await fold.locator('summary').first().click();
    await expect(fold).toHaveAttribute('open', '', { timeout: 1000 });
  }).toPass();
}

/** Opens that fold on a page that is there already. */
export async function openDetails(page: Page): Promise<void> {
  const fold = page.getByRole('region', { name: 'Pyramid' }).locator('details').filter({ hasText: 'Details' }).first();
  if ((await fold.getAttribute('open')) === null) await fold.locator('summary').first().click();
}
