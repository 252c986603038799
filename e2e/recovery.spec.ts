import { expect, test } from '@playwright/test';
import { dropDrawn } from './drop.ts';

// Not from fixtures.ts: here the browser reports the failed fetch on the console, as it should.
test('a part that could not be fetched comes back with “Try again”, and the photos stay', async ({ page }) => {
  let offline = true;
  await page.route(/assets\/(ClassifyLayout|FineTuneTab)-[^/]*\.js/, (route) =>
    offline ? route.fulfill({ status: 503, body: '' }) : route.continue(),
  );
  await page.goto('./?backend=wasm');
  await page.evaluate(() => window.anysize.ready);
  await dropDrawn(page, [[90, 60]]);
  await expect(page.getByText(/Classify could not be fetched/)).toBeVisible();
  offline = false;
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.locator('[role=option][data-status=done]')).toHaveCount(1);
});

test('without its worker the page says so, and a photo fails with the reason instead of waiting', async ({ page }) => {
  await page.route(/assets\/worker-[^/]*\.js/, (route) => route.fulfill({ status: 503, body: '' }));
  await page.goto('./?backend=wasm');
  await expect(page.getByText(/Nothing can be computed now/)).toBeVisible();
  await dropDrawn(page, [[90, 60]]);
  await expect(page.locator('[role=option][data-status=failed][data-error=NoBackend]')).toHaveCount(1);
  // It is not the photo that is at fault.
  await expect(page.getByRole('option').getByText('Not classified')).toBeVisible();
  expect(await page.evaluate(() => window.anysize.memory().catch((error: Error) => error.name))).toBe('NoBackend');
});

test('a failed row says why, not its own name again; what was added last is looked at', async ({ page }) => {
  await page.goto('./?backend=wasm');
  await page.evaluate(() => window.anysize.ready);
  await dropDrawn(page, [[90, 60]]);
  await expect(page.locator('[role=option][data-status=done]')).toHaveCount(1);
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.items.add(new File(['no image'], 'notes.jpg', { type: 'image/jpeg' }));
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }));
  });
  await expect(page.locator('[role=option][aria-selected=true]')).toContainText(/^notes\.jpgCould not be readIs text/);
});
