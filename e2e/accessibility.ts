import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from './fixtures.ts';

/** @param rules those asked for, where only they can have changed since all were; else all */
export async function noAxeViolations(page: Page, rules: string[] = []): Promise<void> {
  // The page has no frames, which would be looked at from a second page.
  const axe = new AxeBuilder({ page }).setLegacyMode();
  if (rules.length > 0) axe.withRules(rules);
  const { violations } = await axe.analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`)).toEqual(
    [],
  );
}

/** What is drawn to the width that was measured follows a new width a frame later. */
export async function noSidewaysScroll(page: Page): Promise<void> {
  const over = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  await expect.poll(over, { timeout: 2000 }).toBeLessThanOrEqual(0);
}
