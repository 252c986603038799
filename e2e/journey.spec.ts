/** Seconds and clicks of the journeys, and what a phone shows of them. The weight of the first paint: hosting.spec.ts. */
import type { Locator, Page } from '@playwright/test';
import { noSidewaysScroll } from './accessibility.ts';
import { dropDrawn } from './drop.ts';
import { expect, test } from './fixtures.ts';
import { png } from './png.ts';
import { headline } from './projectSteps.ts';
import { tinyPng, writeFiles } from './tinyImages.ts';

async function opened(page: Page): Promise<void> {
  await page.goto('./?backend=wasm');
  await page.evaluate(() => window.anysize.ready);
}

/** Stripes of a colour of its class, no two photos alike. */
function striped(i: number): Buffer {
  const step = 3 + ((i * 7) % 23);
  return png(96, 64 + i, (x, y) => {
    const light = (x * ((i % 3) - 1) + y * (1 + (i % 4)) + 5 * i) % step < step / 2 ? 255 : 40;
    return [i % 5 < 2 ? light : 30, i % 5 === 2 ? light : 90, i % 5 > 2 ? light : (i * 11) % 256];
  });
}

/** Clicks, counted. */
function clicker(): { click: (on: Locator) => Promise<void>; count: () => number } {
  let clicks = 0;
  return {
    count: () => clicks,
    click: async (on) => {
      clicks++;
      await on.click();
    },
  };
}

function tell(what: string, clicks: number, milliseconds: number): void {
  process.stdout.write(
    `${what}: ${clicks} ${clicks === 1 ? 'click' : 'clicks'}, ${(milliseconds / 1000).toFixed(2)} s\n`,
  );
}

/** What stands on the page in letters of less than 13 px. */
function smallText(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      const { parentElement, textContent } = text;
      if (!parentElement?.checkVisibility() || textContent?.trim() === '') continue;
      if (Number.parseFloat(getComputedStyle(parentElement).fontSize) < 13) found.push(textContent ?? '');
    }
    return found;
  });
}

test('from the empty page to the first answer: one click, two seconds', async ({ page }) => {
  await opened(page);
  const { click, count } = clicker();
  const from = Date.now();
  await click(page.locator('section button:has(img)').first());
  await expect(page.getByRole('region', { name: 'Classes' }).locator('[data-said]')).toBeVisible();
  const took = Date.now() - from;
  tell('From the empty page to the first answer', count(), took);
  expect(count()).toBe(1);
  expect(await smallText(page)).toEqual([]);
  expect(took).toBeLessThan(2000);
});

test('from five folders to a trained classifier: three clicks, and two seconds from Train', async ({ page }, info) => {
  const folder = info.outputPath('flowers');
  const files = new Map<string, Buffer>();
  for (let i = 0; i < 15; i++) files.set(`class ${i % 5}/${i}.png`, striped(i));
  writeFiles(folder, files);
  await opened(page);
  const { click, count } = clicker();
  const chooser = page.waitForEvent('filechooser');
  await click(page.getByRole('button', { name: 'Add a folder…' }));
  await (await chooser).setFiles(folder);
  // Picked folders, too, may be classes.
  await click(page.getByRole('button', { name: 'Teach these classes' }));
  await expect(page.getByText('15 photos, looked at before')).toBeVisible();
  const from = Date.now();
  await click(page.getByRole('button', { name: 'Train', exact: true }).first());
  await expect(headline(page)).toBeVisible();
  const took = Date.now() - from;
  tell('From five folders to a trained classifier, from Train on', count(), took);
  expect(count()).toBeLessThanOrEqual(3);
  expect(took).toBeLessThan(2000);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test('all tabs fit, the answer stands under the photo, which stays in sight while its pyramid is read', async ({
    page,
  }) => {
    await opened(page);
    for (const tab of await page.getByRole('tab').all()) {
      const box = await tab.boundingBox();
      expect(box?.x).toBeGreaterThanOrEqual(0);
      expect((box?.x ?? 0) + (box?.width ?? 999)).toBeLessThanOrEqual(390);
    }
    await dropDrawn(page, [[300, 200]]);
    const answer = page.getByRole('region', { name: 'Classes', exact: true });
    await expect(answer.locator('[data-said]')).toBeInViewport();
    const photo = await page.locator('#stage figure img').first().boundingBox();
    const said = await answer.boundingBox();
    expect(Math.abs((said?.y ?? 0) - (photo?.y ?? 0) - (photo?.height ?? 0))).toBeLessThan(16);

    const small = page.locator('[data-pinned-photo]');
    await expect(small).toHaveCount(0);
    const pyramid = page.getByRole('figure', { name: /^Levels of the pyramid/ });
    await pyramid.evaluate((figure) => figure.scrollIntoView({ block: 'end' }));
    await page.mouse.wheel(0, 200);
    await expect(small).toBeInViewport();
    await pyramid.locator('[data-cell="5"]').first().click();
    await expect(page.getByText('Row 2, column 2 of 4×4').first()).toBeVisible();
    await expect(small.locator('img')).toBeInViewport();
    await page.mouse.wheel(0, -3000);
    await expect(small).toHaveCount(0);
  });

  test('Fine-tune begins with Photos, Train, Results', async ({ page }, info) => {
    const folder = info.outputPath('set');
    writeFiles(folder, new Map([0, 1, 2, 3].map((i) => [`${i % 2 ? 'a' : 'b'}/${i}.png`, tinyPng(50, 40, i)])));
    await page.goto('./?backend=wasm#finetune');
    await page.getByLabel('Folder of class folders').setInputFiles(folder);
    const views = page.getByRole('tablist', { name: 'Photos, training, results' });
    const classes = page.getByRole('region', { name: 'Classes' });
    await expect(classes).toBeVisible();
    expect((await views.boundingBox())?.y).toBeLessThan((await classes.boundingBox())?.y ?? 0);
    await page.getByRole('tab', { name: 'Results' }).click();
    await expect(classes).toBeHidden();
    await expect(page.getByRole('region', { name: 'Runs' })).toBeVisible();
  });
});

test.describe('on a phone on its side', () => {
  test.use({ viewport: { width: 844, height: 390 }, hasTouch: true });

  test('every tab fits, and the photo stays in sight while its pyramid is read', async ({ page }) => {
    await opened(page);
    for (const tab of await page.getByRole('tab').all()) {
      await tab.click();
      await expect(page.getByText(/^Opening .*…$/)).toHaveCount(0);
      await noSidewaysScroll(page);
    }
    await page.getByRole('tab', { name: 'Classify' }).click();
    await dropDrawn(page, [[300, 200]]);
    const answer = page.getByRole('region', { name: 'Classes', exact: true });
    const photo = page.locator('#stage figure img').first();
    await expect(answer.locator('[data-said]')).toBeInViewport();
    await expect(photo).toBeInViewport({ ratio: 1 });
    const pyramid = page.getByRole('figure', { name: /^Levels of the pyramid/ });
    await pyramid.evaluate((figure) => figure.scrollIntoView({ block: 'center' }));
    await pyramid.locator('[data-cell="5"]').first().click();
    await expect(page.getByText('Row 2, column 2 of 4×4').first()).toBeVisible();
    await expect(photo).toBeInViewport({ ratio: 1 });
    await expect(page.locator('[data-pinned-photo]')).toHaveCount(0);
    await noSidewaysScroll(page);
  });
});

test('without validation photos the results keep the page’s width', async ({ page }, info) => {
  const folder = info.outputPath('set');
  writeFiles(folder, new Map([0, 1, 2, 3].map((i) => [`${i % 2 ? 'a' : 'b'}/${i}.png`, tinyPng(50, 40, i)])));
  await page.goto('./?backend=wasm#finetune');
  await page.getByLabel('Folder of class folders').setInputFiles(folder);
  await page.getByText('Pyramid, size and split').click();
  const share = page.getByLabel('Validation share');
  await share.fill('0');
  await share.press('Tab');
  await page.getByRole('button', { name: 'Train', exact: true }).first().click();
  await page.getByRole('button', { name: 'See results' }).click();
  await expect(page.getByRole('region', { name: 'Try it' })).toBeVisible();
  await noSidewaysScroll(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await noSidewaysScroll(page);
});

test('a click on a tab draws no ring, the keyboard does', async ({ page }) => {
  await page.goto('./?backend=cpu');
  const tab = page.getByRole('tab', { name: 'Projects' });
  await tab.click();
  await expect(tab).toBeFocused();
  await expect(tab).toHaveCSS('outline-style', 'none');
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByRole('tab', { name: 'Batch' })).toHaveCSS('outline-style', 'solid');
});

test('an SVG that Classify refuses Fine-tune refuses, for the same reason', async ({ page }, info) => {
  const svg = (inside: string, more = '') =>
    Buffer.from(`${more}<svg xmlns="http://www.w3.org/2000/svg" width="80" height="60">${inside}</svg>`);
  const files = new Map([
    ['a/good.svg', svg('<circle cx="40" cy="30" r="20" fill="red"/>')],
    ['a/web.svg', svg('<foreignObject width="9" height="9"/>')],
    ['b/entities.svg', svg('<text>&x;</text>', '<!DOCTYPE svg [<!ENTITY x "y">]>')],
    ['b/open.svg', svg('<g>')],
  ]);
  const folder = info.outputPath('drawings');
  writeFiles(folder, files);
  await page.addInitScript(() => localStorage.setItem('anysize.settings', JSON.stringify({ head: 'none' })));
  await opened(page);
  await page.getByLabel('Folder of photos to classify').setInputFiles(folder);
  await expect(page.locator('[role=option][data-status=failed]')).toHaveCount(3);
  const reasons = await page
    .locator('[role=option][data-status=failed] [title]')
    .evaluateAll((all) => all.map((one) => (one as HTMLElement).title).filter((title) => title.includes(' is ')));
  expect(reasons).toHaveLength(3);
  await page.getByRole('button', { name: 'Teach these classes' }).click();
  await page.getByText('3 photos could not be read, left out').click();
  for (const reason of reasons) await expect(page.getByText(reason, { exact: true }).first()).toBeVisible();
});
