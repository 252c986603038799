import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

/** What Core Web Vitals call good. */
const MOST_SHIFT = 0.1;
const FIRST_PAINT_MS = 1_800;

interface Watched {
  /** Score and what moved, for shifts that do not follow an input of the person. */
  shifts: { value: number; moved: string[] }[];
}

/** Adds up layout shifts from before the page's first script on. */
async function watchShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    interface Shift extends PerformanceEntry {
      value: number;
      hadRecentInput: boolean;
      sources: { node: Node | null }[];
    }
    const shifts: Watched['shifts'] = [];
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const { value, hadRecentInput, sources } of list.getEntries() as Shift[]) {
        if (hadRecentInput) continue;
        const moved = sources.map(({ node }) =>
          node instanceof Element
            ? `${node.tagName} ${node.className} ${node.textContent?.slice(0, 40)}`
            : String(node),
        );
        shifts.push({ value, moved });
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
}

const shiftsOf = (page: Page) => page.evaluate(() => (window as unknown as Watched).shifts);

async function expectStill(page: Page, when: string): Promise<void> {
  const shifts = await shiftsOf(page);
  const sum = shifts.reduce((total, { value }) => total + value, 0);
  process.stdout.write(`Layout shift ${when}: ${sum.toFixed(3)}\n`);
  expect(sum, `${when}: ${JSON.stringify(shifts)}`).toBeLessThan(MOST_SHIFT);
}

for (const [device, viewport] of [
  ['a desk', { width: 1280, height: 800 }],
  ['a phone', { width: 390, height: 844 }],
] as const) {
  test(`first paint, and nothing moves by itself, on ${device}`, async ({ page }) => {
    await page.setViewportSize(viewport);
    await watchShifts(page);
    await page.goto('./?backend=wasm');
    await page.evaluate(() => window.anysize.ready);
    await expect(page.locator('section button:has(img)')).toHaveCount(3);
    const paint = await page.evaluate(
      () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.POSITIVE_INFINITY,
    );
    process.stdout.write(`First contentful paint on ${device}: ${paint.toFixed(0)} ms\n`);
    expect(paint).toBeLessThan(FIRST_PAINT_MS);
    await expectStill(page, `while the page loads on ${device}`);

    await page.locator('section button:has(img)').first().click();
    await expect(page.locator('[role=option][data-status=done]')).toHaveCount(1);
    await expect(page.getByText('26,880').first()).toBeVisible();
    await expectStill(page, `with the first photo on ${device}`);
  });
}

test('the observer of the test above sees a shift when there is one', async ({ page }) => {
  await watchShifts(page);
  await page.goto('./?backend=wasm');
  await page.evaluate(() => window.anysize.ready);
  await page.evaluate(() => {
    const block = document.createElement('div');
    block.style.height = '400px';
    document.body.prepend(block);
  });
  await expect
    .poll(async () => (await shiftsOf(page)).reduce((total, { value }) => total + value, 0))
    .toBeGreaterThan(MOST_SHIFT);
});

test('everything that can be used has a name, in every tab', async ({ page }) => {
  await page.goto('./?backend=wasm');
  const tabs = page.getByRole('tab');
  const names = await tabs.allTextContents();
  expect(names.length).toBeGreaterThanOrEqual(4);
  for (const name of names) {
    await page.getByRole('tab', { name, exact: true }).click();
    await expect(page.getByRole('tabpanel').filter({ visible: true }).first()).not.toBeEmpty();
    const { violations, passes } = await new AxeBuilder({ page })
      .withRules([
        'aria-command-name',
        'aria-input-field-name',
        'aria-toggle-field-name',
        'button-name',
        'document-title',
        'html-has-lang',
        'image-alt',
        'input-button-name',
        'label',
        'link-name',
        'select-name',
        'svg-img-alt',
      ])
      .analyze();
    expect(violations.map(({ id, nodes }) => `${name}: ${id} ${nodes.map(({ html }) => html).join()}`)).toEqual([]);
    expect(passes.map(({ id }) => id)).toContain('button-name');
  }
});
