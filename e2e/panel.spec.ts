import { join } from 'node:path';
import { sampleHead } from '../src/formats/exportFixtures.ts';
import { headToSafetensors } from '../src/formats/pytorchHead.ts';
import { dropDrawn, dropFiles } from './drop.ts';
import { expect, hasShared, NO_SHARED, SHARED, test } from './fixtures.ts';
import { open, showTab } from './projectSteps.ts';

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

test('a trained head brings its pyramid and its size; where another is chosen the panel says so, shows no evidence, and leads back', async ({
  page,
}) => {
  const head = {
    ...sampleHead({ levels: [3, 1], rule: 'adaptive', pooling: 'mean' }, { sqrt: false, l2: 'vector', centre: true }),
    name: 'Run 2',
    policy: { kind: 'warp' } as const,
  };
  await open(page);
  await page.getByLabel('Head to open').setInputFiles({
    name: 'run-2.safetensors',
    mimeType: 'application/octet-stream',
    buffer: Buffer.from(headToSafetensors(head)),
  });
  await expect(page.getByText(/“Run 2” answers in the Classify tab/)).toBeVisible();
  await showTab(page, 'Classify');
  await dropDrawn(page, [[300, 200]]);
  await expect(page.locator('[role=option][data-status=done]')).toHaveCount(1);
  const levels = page.getByRole('textbox', { name: 'Levels' });
  await expect(levels).toHaveValue('3, 1');
  await expect(page.getByRole('combobox', { name: 'Pooling' })).toHaveValue('mean');
  await expect(page.getByRole('combobox', { name: /^Size/ })).toHaveValue('warp');

  const evidence = page.getByRole('button', { name: 'Evidence', exact: true });
  await evidence.click();
  await expect(page.getByText(/^10 bins .* \+ bias .* = /)).toBeVisible();
  await levels.fill('4, 2, 1');
  await levels.press('Enter');
  const note = page.getByText(/Run 2 was trained on \[3, 1\] mean/);
  await expect(note).toBeVisible();
  await expect(evidence).toBeDisabled();
  await expect(page.getByRole('heading', { name: 'Evidence per class' })).toHaveCount(0);
  await expect(page.locator('#stage figcaption')).toContainText('21 bins × 1280 = 26,880');
  await page.getByRole('button', { name: 'Show its pyramid' }).click();
  await expect(note).toHaveCount(0);
  await expect(page.getByText(/^10 bins .* \+ bias .* = /)).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Evidence per class' })).toBeVisible();
  // The inspection of before is still at hand: the caption and the numbers follow it all the same.
  await expect(page.locator('#stage figcaption')).toContainText('10 bins × 1280 = 12,800');

  await page.getByRole('combobox', { name: /^Size/ }).selectOption('area');
  await expect(page.getByText('Run 2 was trained at Warp 224')).toBeVisible();
  await page.getByRole('button', { name: 'Use its size' }).click();
  await expect(page.getByRole('combobox', { name: /^Size/ })).toHaveValue('warp');
  await expect(page.getByText(/was trained at/)).toHaveCount(0);

  // What it brought goes with it.
  await page.getByRole('combobox', { name: 'Classes' }).selectOption('none');
  await expect(levels).toHaveValue('4, 2, 1');
  await expect(page.getByRole('combobox', { name: /^Size/ })).toHaveValue('area');
});
