import { browserLaunch } from '../tools/browser.ts';
import { expect, hasShared, NO_SHARED, serveLabels, test } from './fixtures.ts';
import { headline, showTab, trainHere } from './projectSteps.ts';

test.use({ serviceWorkers: 'allow' });

test('once opened, the app works with no network: reload, classify, train', async ({ page, context }, info) => {
  test.setTimeout(180_000);
  await page.goto('./?backend=wasm');
  await page.evaluate(async () => {
    await window.anysize.ready;
    await navigator.serviceWorker.ready;
  });
  await context.setOffline(true);
  await page.reload();
  await page.evaluate(() => window.anysize.ready);
  await page.locator('section button:has(img)').first().click();
  await expect(page.locator('[role=option][data-status=done]')).toHaveCount(1);
  await showTab(page, 'Fine-tune');
  await trainHere(page, info, 12);
  await expect(headline(page)).toBeVisible({ timeout: 120_000 });
});

test('the browser finds the app installable, with icons of the sizes it says', async ({
  playwright,
  baseURL,
}, info) => {
  // A window of its own profile: in a private one, as tests have them, nothing can be installed.
  const launch = browserLaunch('whole');
  const context = await playwright.chromium.launchPersistentContext(info.outputPath('profile'), launch);
  const page = await context.newPage();
  await page.goto(`${baseURL}?backend=wasm`);
  await page.evaluate(() => navigator.serviceWorker.ready);
  const devtools = await context.newCDPSession(page);
  const { url, data, errors } = await devtools.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  expect(url).toBe(new URL('manifest.webmanifest', baseURL).href);
  expect((await devtools.send('Page.getInstallabilityErrors')).installabilityErrors).toEqual([]);

  const { icons } = JSON.parse(data ?? '') as { icons: { src: string; sizes: string; purpose: string }[] };
  const drawn = icons.filter(({ sizes }) => sizes !== 'any');
  expect(drawn.map(({ sizes, purpose }) => `${sizes} ${purpose}`)).toEqual([
    '192x192 any',
    '512x512 any',
    '512x512 maskable',
  ]);
  const touch = await page.locator('link[rel=apple-touch-icon]').getAttribute('href');
  for (const { src, sizes } of [...drawn, { src: touch ?? '', sizes: '180x180' }]) {
    const size = await page.evaluate(async (src) => {
      const { width, height } = await createImageBitmap(await (await fetch(src)).blob());
      return `${width}x${height}`;
    }, src);
    expect(size, src).toBe(sizes);
  }
  await context.close();
});

test.describe('with the ImageNet labels fetched once', () => {
  test.use({ imagenet: 'available' });
  test.skip(!hasShared, NO_SHARED);

  test('they answer with no network too', async ({ page, context }) => {
    await page.goto('./?backend=wasm');
    await page.evaluate(async () => {
      await window.anysize.ready;
      await navigator.serviceWorker.ready;
    });
    const row = page.locator('[role=option][data-status=done]');
    await page.locator('section button:has(img)').first().click();
    await expect(row).toContainText('Egyptian cat');
    await serveLabels(context, false);
    await context.setOffline(true);
    await page.reload();
    await page.evaluate(() => window.anysize.ready);
    await page.locator('section button:has(img)').first().click();
    await expect(row).toContainText('Egyptian cat');
  });
});
