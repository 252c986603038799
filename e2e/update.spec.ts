import { appendFileSync, cpSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { staticHost } from './staticHost.ts';

test.use({ serviceWorkers: 'allow' });

test('a newer version is announced, and not forced on the page that is open', async ({ page }) => {
  const folder = test.info().outputPath('dist');
  cpSync(process.env['ANYSIZE_DIST'] ?? 'dist', folder, { recursive: true });
  const { server, url } = await staticHost(folder, '/');
  try {
    await page.goto(`${url}?backend=wasm`);
    await page.evaluate(async () => {
      await window.anysize.ready;
      await navigator.serviceWorker.ready;
    });
    const announcement = page.getByText(/A new version of Anysize is ready/);
    await expect(announcement).toHaveCount(0);
    appendFileSync(`${folder}/sw.js`, '\n// a newer version\n');
    await page.reload();
    await expect(announcement).toBeVisible();
    const waits = await page.evaluate(async () => (await navigator.serviceWorker.ready).waiting !== null);
    expect(waits).toBe(true);
  } finally {
    server.close();
  }
});
