import { expect, test } from '@playwright/test';
import { dropDrawn } from './drop.ts';

// Not from fixtures.ts: here the browser reports the failed fetch on the console, as it should.
test('a part that could not be fetched comes back with “Try again”, and the photos stay', async ({ page }) => {
  let offline = true;
  await page.route(/assets\/(Zones|FineTuneTab)-[^/]*\.js/, (route) =>
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
