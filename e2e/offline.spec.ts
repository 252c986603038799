import { expect, hasShared, NO_SHARED, serveLabels, test } from './fixtures.ts';

test.use({ serviceWorkers: 'allow' });

test('once opened, the app works with no network: reload, classify, train', async ({ page, context }) => {
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
  await page.getByRole('tab', { name: 'Fine-tune' }).click();
  await page.getByRole('button', { name: /built-in example/i }).click();
  await expect(page.getByText(/of 24 validation photos/).first()).toBeVisible({ timeout: 120_000 });
});

test.describe('with the ImageNet labels fetched once', () => {
  test.use({ labels: true });
  test.skip(!hasShared, NO_SHARED);

  test('they answer with no network too', async ({ page, context }) => {
    await page.goto('./?backend=wasm');
    await page.evaluate(async () => {
      await window.anysize.ready;
      await navigator.serviceWorker.ready;
    });
    const row = page.locator('[role=option][data-status=done]');
    await page.locator('section button:has(img)').first().click();
    await expect(row).toContainText('alp');
    await serveLabels(page, false);
    await context.setOffline(true);
    await page.reload();
    await page.evaluate(() => window.anysize.ready);
    await page.locator('section button:has(img)').first().click();
    await expect(row).toContainText('alp');
  });
});
