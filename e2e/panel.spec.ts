import { join } from 'node:path';
import { dropFiles } from './drop.ts';
import { expect, hasShared, NO_SHARED, SHARED, test } from './fixtures.ts';

test.describe('with the ImageNet labels', () => {
  test.use({ labels: true });
  test.skip(!hasShared, NO_SHARED);

  test('the pinned image shows its evidence for the class of the image looked at', async ({ page }) => {
    await page.goto('./?backend=wasm');
    await page.evaluate(() => window.anysize.ready);
    await dropFiles(
      page,
      ['toaster3.jpg', 'pizza.jpg'].map((name) => join(SHARED, 'images/known', name)),
    );
    await expect(page.locator('[role=option][data-status=done]')).toHaveCount(2);
    await page.getByRole('button', { name: 'Evidence', exact: true }).click();
    await page.getByRole('button', { name: /pin to compare/i }).click();
    await page.getByRole('option', { name: 'pizza.jpg' }).click();
    await expect(page.getByText(/Evidence for pizza, pizza pie, share/)).toBeVisible();
    await expect(page.getByRole('grid', { name: /Evidence for pizza, pizza pie per cell of toaster3/ })).toBeVisible();
    // A class that is among the best of neither.
    await page.getByRole('option', { name: 'toaster3.jpg' }).click();
    await page.getByRole('option', { name: 'pizza.jpg' }).click();
    await expect(page.getByRole('grid', { name: /Evidence for pizza, pizza pie per cell/ })).toHaveCount(2);
  });
});
