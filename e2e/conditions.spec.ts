import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test';
import { browserLaunch } from '../tools/browser.ts';
import { dropDrawn } from './drop.ts';
import { expect, LONG, serveLabels, test } from './fixtures.ts';
import { png } from './png.ts';
import { headline, showTab, trainHere } from './projectSteps.ts';

// Without a network after it was opened: offline.spec.ts. A lost GPU: engine.spec.ts. Two tabs on one project: projects.spec.ts.

async function open(page: Page, hash = ''): Promise<void> {
  await page.goto(`./?backend=wasm${hash}`);
  await page.evaluate(() => window.anysize.ready);
}

const done = (page: Page) => page.locator('[role=option][data-status=done]');
const twenty = Array.from({ length: 20 }, (_, i): [number, number] => [220 + 12 * i, 180 + ((i * 53) % 260)]);

/** What the computer's sleep does to a page: its processes, workers and all, stand still. (CDP's "frozen" leaves a page that is seen running.) */
async function sleep(browser: Browser, page: Page, ms: number): Promise<void> {
  await page.evaluate(() => {
    const clock = { last: performance.now(), gap: 0 };
    Object.assign(window, { clock });
    setInterval(() => {
      clock.gap = Math.max(clock.gap, performance.now() - clock.last);
      clock.last = performance.now();
    }, 20);
  });
  const cdp = await browser.newBrowserCDPSession();
  const { processInfo } = await cdp.send('SystemInfo.getProcessInfo');
  const ids = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
  for (const id of ids) process.kill(id, 'SIGSTOP');
  try {
    await new Promise((resolve) => setTimeout(resolve, ms));
  } finally {
    for (const id of ids) process.kill(id, 'SIGCONT');
  }
  const gap = () => page.evaluate(() => (window as unknown as { clock: { gap: number } }).clock.gap);
  await expect.poll(gap).toBeGreaterThan(ms * 0.9);
}

/** A browser whose user lets no site keep anything, as its settings have it ("block all cookies"). */
async function withStorageDenied(folder: string, baseURL: string): Promise<BrowserContext> {
  mkdirSync(join(folder, 'Default'), { recursive: true });
  const settings = { profile: { default_content_setting_values: { cookies: 2 } } };
  writeFileSync(join(folder, 'Default/Preferences'), JSON.stringify(settings));
  // The browser without windows reads no settings.
  return chromium.launchPersistentContext(folder, { ...browserLaunch('whole'), baseURL, serviceWorkers: 'block' });
}

test('storage denied: everything works, the page says that nothing is kept, and no error is logged', async ({
  baseURL,
}, info) => {
  test.setTimeout(180_000);
  const context = await withStorageDenied(info.outputPath('profile'), baseURL ?? '');
  try {
    const page = await context.newPage();
    await serveLabels(context, false);
    const problems: string[] = [];
    page.on('console', (message) => {
      const optional = /mobilenet|tfjs-models|tfhub|kaggle/.test(message.location().url);
      if (message.type() === 'error' && !optional) problems.push(message.text());
    });
    page.on('pageerror', (error) => problems.push(error.message));
    await open(page);
    const denied = await page.evaluate(async () => {
      const named = (work: () => unknown) =>
        Promise.resolve()
          .then(work)
          .then(
            () => 'allowed',
            (error: Error) => error.name,
          );
      return [await named(() => localStorage.length), await named(() => navigator.storage.getDirectory())];
    });
    test.skip(denied.includes('allowed'), 'this Chromium does not take the setting that denies storage');

    await dropDrawn(page, twenty.slice(0, 3));
    await expect(done(page)).toHaveCount(3);
    await showTab(page, 'Fine-tune');
    await trainHere(page, info, 12);
    await expect(headline(page)).toBeVisible({ timeout: 120_000 });
    await expect(page.getByText(/What you make here ends with this visit: .* Export the project/)).toBeVisible();
    // Nothing is kept, and that is said once: what is held for this visit is whole.
    await expect(page.locator('html')).toHaveAttribute('data-keeping', 'kept');
    await expect(page.getByText(/Not everything is kept/)).toHaveCount(0);

    // Projects last for the visit: another one opens, and the first is there to go back to.
    await page.getByRole('tab', { name: 'Projects' }).click();
    await expect(page.getByText(/12 photos/)).toBeVisible();
    await expect(page.getByText(/used \(/)).toHaveCount(0);
    await page.getByRole('button', { name: 'New project' }).click();
    await expect(page.getByText('This project is open in another tab.')).toHaveCount(0);
    await expect(page.locator('html')).toHaveAttribute('data-keeping', 'kept');

    await page.getByRole('tab', { name: 'Batch' }).click();
    await expect(page.getByText(/Results are not kept for the next visit/)).toBeVisible();
    await page.getByLabel('Classes', { exact: true }).selectOption('none');
    const photo = png(80, 50, (x, y) => [3 * x, 5 * y, 90]);
    await page
      .getByLabel('Photos for the batch', { exact: true })
      .setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: photo });
    await expect(page.getByRole('row').filter({ hasText: 'a.png' })).toContainText('80×50');
    expect(problems).toEqual([]);
  } finally {
    await context.close();
  }
});

test('hidden tab: a queue and a training go on and end there', async ({ page, context }, info) => {
  test.setTimeout(240_000);
  await open(page);
  const cdp = await context.newCDPSession(page);
  await cdp.send('Emulation.setFocusEmulationEnabled', { enabled: false });
  // The page is told that it is hidden, and its timers and frames are those of a hidden page.
  await page.evaluate(() => {
    Object.defineProperty(document, 'hidden', { get: () => true });
    Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' });
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
    window.requestAnimationFrame = () => 0;
    window.requestIdleCallback = () => 0;
  });
  await dropDrawn(page, twenty.slice(0, 6));
  await expect(page.getByText('6 photos', { exact: true })).toBeVisible({ timeout: 90_000 });
  await showTab(page, 'Fine-tune');
  await trainHere(page, info, 16);
  await expect(headline(page)).toBeVisible({ timeout: 150_000 });
});

for (const [seconds, photos, details] of [[4, 20, LONG]] as const) {
  const name = `${seconds} s of sleep in the middle of a queue and of a training: both go on after it, and nothing is lost`;
  test(name, details, async ({ page, browser }, info) => {
    test.skip(process.platform === 'win32', 'processes cannot be stopped here');
    test.setTimeout(240_000);
    await open(page);
    await dropDrawn(page, twenty.slice(0, photos));
    await expect(done(page).first()).toBeVisible();
    await sleep(browser, page, 1000 * seconds);
    await expect(page.getByText(`${photos} photos`, { exact: true })).toBeVisible({ timeout: 90_000 });
    await expect(page.locator('[role=option][data-status=failed]')).toHaveCount(0);
    await showTab(page, 'Fine-tune');
    await trainHere(page, info, 4 * photos);
    await expect(page.getByRole('progressbar').first()).toBeVisible();
    await sleep(browser, page, 1000 * seconds);
    await expect(headline(page)).toBeVisible({ timeout: 150_000 });
    await expect(page.getByRole('button', { name: `All photos ${4 * photos} photos` })).toBeVisible();
  });
}

// 1280×800 at 200 %: half the CSS pixels, twice the device pixels.
test.describe('zoomed to 200 %', () => {
  test.use({ viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 });

  test('nothing overflows sideways, and the bins lie on the image', async ({ page }) => {
    test.setTimeout(180_000);
    await open(page);
    const noSidewaysScroll = async () => {
      expect(await page.evaluate(() => devicePixelRatio)).toBe(2);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(640);
    };
    await noSidewaysScroll();
    for (const size of [
      [640, 360],
      [150, 420],
    ] as [number, number][]) {
      await dropDrawn(page, [size]);
      const stage = page.getByRole('region', { name: 'Chosen photo' });
      await expect(stage.locator('figcaption')).toContainText(`${size[0]}×${size[1]} px`);
      const overlay = stage.getByRole('img', { name: /^Over the image/ });
      await expect(overlay).toBeVisible();
      const [over, under] = [await overlay.boundingBox(), await stage.locator('figure img').first().boundingBox()];
      if (!over || !under) throw new Error('not shown');
      expect(under.width).toBeGreaterThan(20);
      for (const side of ['x', 'y', 'width', 'height'] as const) {
        expect(Math.abs(over[side] - under[side]), side).toBeLessThanOrEqual(0.5);
      }
      await noSidewaysScroll();
    }
    for (const name of ['Fine-tune', 'Batch', 'Projects']) {
      await showTab(page, name);
      await noSidewaysScroll();
    }
  });
});

test('two tabs at once: both classify, each its own photos', async ({ page, context }) => {
  test.setTimeout(180_000);
  const other = await context.newPage();
  const problems: string[] = [];
  other.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  other.on('pageerror', (error) => problems.push(error.message));
  await Promise.all([open(page), open(other)]);
  await Promise.all([dropDrawn(page, twenty.slice(0, 4)), dropDrawn(other, twenty.slice(4, 7))]);
  await expect(done(page)).toHaveCount(4, { timeout: 90_000 });
  await expect(done(other)).toHaveCount(3, { timeout: 90_000 });
  await other.close();
  await dropDrawn(page, [[90, 60]]);
  await expect(done(page)).toHaveCount(5);
  expect(problems).toEqual([]);
});
