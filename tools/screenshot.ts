/**
 * `npm run screenshot`: builds the app, opens it with its own sample photos, and writes docs/screenshot.png.
 * ImageNet labels come from their official address, or from $ANYSIZE_SHARED/models/reference where that is there.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chromium } from 'playwright';
import { build, preview } from 'vite';
import { browserLaunch } from './browser.ts';

const reference = join(resolve(process.env['ANYSIZE_SHARED'] ?? '../shared'), 'models/reference');

await build({ logLevel: 'warn' });
const server = await preview({ preview: { host: '127.0.0.1', port: 4188 }, logLevel: 'warn' });
const browser = await chromium.launch(browserLaunch('whole'));
try {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, serviceWorkers: 'block' });
  if (existsSync(reference)) {
    await context.route('https://storage.googleapis.com/**', (route) =>
      route.fulfill({
        path: join(reference, route.request().url().split('/').at(-1) ?? ''),
        headers: { 'access-control-allow-origin': '*' },
      }),
    );
  }
  const page = await context.newPage();
  await page.goto(`${server.resolvedUrls?.local[0] ?? ''}?backend=wasm`);
  const samples = page.locator('section button:has(img)');
  const urls = await samples
    .locator('img')
    .evaluateAll((images) => images.map((image) => (image as HTMLImageElement).src));
  await page.evaluate(async (urls) => {
    const transfer = new DataTransfer();
    for (const url of urls) {
      const full = url.replace('.small', '');
      const blob = await (await fetch(full)).blob();
      transfer.items.add(new File([blob], full.split('/').at(-1) ?? 'photo.jpg', { type: blob.type }));
    }
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
  }, urls);
  await page
    .locator('[role=option][data-status=done]')
    .nth(urls.length - 1)
    .waitFor({ timeout: 120_000 });
  await page.getByText('26,880').first().waitFor();
  await page.waitForTimeout(500);
  mkdirSync('docs', { recursive: true });
  await page.screenshot({ path: 'docs/screenshot.png' });
} finally {
  await browser.close();
  await server.close();
}
