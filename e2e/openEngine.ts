import type { Page } from '@playwright/test';
import { expect } from './fixtures.ts';

/** Opens the page with its engine on a backend, and waits until it runs there. */
export async function openEngine(page: Page, backend: string): Promise<void> {
  await page.goto(`./?backend=${backend}`);
  await page.evaluate(() => window.anysize.ready);
  expect(await page.evaluate(() => window.anysize.backend)).toBe(backend);
}
