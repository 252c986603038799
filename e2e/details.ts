import type { Page } from '@playwright/test';

/** Opens the page, when it comes to it, with Classify's fold of numbers, levels and times open, as a person who left it so. */
export async function detailsOpen(page: Page): Promise<void> {
  await page.addInitScript(() => localStorage.setItem('anysize.folds', JSON.stringify({ classify: true })));
}

/** Opens that fold on a page that is there already. */
export async function openDetails(page: Page): Promise<void> {
  const fold = page.getByRole('region', { name: 'Pyramid' }).locator('details').filter({ hasText: 'Details' }).first();
  if ((await fold.getAttribute('open')) === null) await fold.locator('summary').first().click();
}
