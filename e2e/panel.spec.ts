import { join } from 'node:path';
import { sampleHead } from '../src/formats/exportFixtures.ts';
import { headToSafetensors } from '../src/formats/pytorch/pytorchHead.ts';
import { detailsOpen } from './details.ts';
import { dropDrawn, dropFiles } from './drop.ts';
import { expect, hasShared, NO_SHARED, SHARED, test } from './fixtures.ts';
import { headline, open, showTab, trainHere } from './projectSteps.ts';

test.describe('with the ImageNet labels', () => {
  test.use({ imagenet: 'available' });
  test.skip(!hasShared, NO_SHARED);

  test('the pinned image shows its evidence for the class of the image looked at', async ({ page }) => {
    await detailsOpen(page);
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
    await expect(page.getByText(/Evidence for pizza, share/)).toBeVisible();
    await expect(page.getByRole('grid', { name: /Evidence for pizza per cell of toaster3/ })).toBeVisible();
    // A class that is among the best of neither.
    await page.getByRole('option', { name: 'toaster3.jpg' }).click();
    await page.getByRole('option', { name: 'pizza.jpg' }).click();
    await expect(page.getByRole('grid', { name: /Evidence for pizza per cell/ })).toHaveCount(2);
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
  await detailsOpen(page);
  await open(page);
  await page.getByLabel('Head to open').setInputFiles({
    name: 'run-2.safetensors',
    mimeType: 'application/octet-stream',
    buffer: Buffer.from(headToSafetensors(head)),
  });
  await expect(page.getByText(/“Run 2” answers in the Classify tab/)).toBeVisible();
  await showTab(page, 'Classify');
  // Before there is any photo it is said which classes will answer.
  await expect(page.getByRole('combobox', { name: 'Answers with' }).locator('option:checked')).toHaveText('Run 2 (3)');
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
  await expect(page.getByText('Run 2 learned from photos as: whole image squashed to 224 × 224 px')).toBeVisible();
  await page.getByRole('button', { name: 'Use its size' }).click();
  await expect(page.getByRole('combobox', { name: /^Size/ })).toHaveValue('warp');
  await expect(page.getByText(/Run 2 learned from photos/)).toHaveCount(0);

  // What it brought goes with it.
  await page.getByRole('combobox', { name: 'Classes' }).selectOption('none');
  await expect(levels).toHaveValue('4, 2, 1');
  await expect(page.getByRole('combobox', { name: /^Size/ })).toHaveValue('area');
});

test('with a head on our own features a channel tints the photo, and what stands out has its place in it', async ({
  page,
}, info) => {
  await open(page);
  await trainHere(page, info, 8);
  await expect(headline(page)).toBeVisible();
  await showTab(page, 'Classify');
  await dropDrawn(page, [[300, 200]]);
  const out = page.getByRole('region', { name: 'What stands out here' });
  const channels = out.getByRole('button', { name: /^Channel \d+: [\d.]+, usually [\d.]+, at row \d+, column \d+$/ });
  await expect(channels).toHaveCount(5);
  await expect(channels.first().locator('image')).toHaveCount(1);
  await page.getByRole('button', { name: 'Channel', exact: true }).click();
  await expect(page.locator('#stage').getByText(/^Channel \d+ in each cell/)).toBeVisible();
  await expect(page.locator('#stage canvas')).toHaveCount(1);
});

test('Channel opens on the image’s strongest channel and tints the photo’s cells with what max pooling chooses from', async ({
  page,
}) => {
  await page.addInitScript(() => localStorage.setItem('anysize.settings', JSON.stringify({ head: 'none' })));
  await open(page, 'classify');
  await dropDrawn(page, [[300, 200]]);
  await expect(page.getByRole('grid', { name: /^Level 1×1/ })).toBeVisible();
  await page.getByRole('button', { name: 'Channel', exact: true }).click();
  const channel = await page.getByRole('spinbutton', { name: 'Channel' }).inputValue();
  await expect(page.getByRole('button', { name: channel, exact: true, pressed: true })).toBeVisible();
  const key = page.locator('#stage').getByText(`Channel ${channel} in each cell`);
  await expect(key).toBeVisible();
  await expect(page.locator('#stage canvas')).toHaveCount(1);
  // The 1×1 bin holds the largest of all cells: two ways through the engine to one number.
  const largest = await page.getByRole('grid', { name: /^Level 1×1/ }).textContent();
  expect(Number(largest)).toBeGreaterThan(0);
  await expect(key.locator('xpath=..')).toContainText(largest ?? '');
});

test('pointing at a bin: what stands out in it is in view at 1280×800, with its place in the photo, and the marks have their key', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.addInitScript(() => localStorage.setItem('anysize.settings', JSON.stringify({ head: 'none' })));
  await open(page, 'classify');
  await dropDrawn(page, [[640, 480]]);
  const stage = page.locator('#stage');
  const over = stage.getByRole('img', { name: 'Over the image: the 4×4 grid' }).locator('path').nth(1);
  // On hover, off and on: nothing is pointed at yet.
  await expect(over).toHaveAttribute('d', '');
  await page.getByRole('combobox', { name: 'Grid' }).selectOption('on');
  await expect(stage.getByText('Grey strips belong to two bins.')).toBeVisible();
  await page.getByRole('combobox', { name: 'Grid' }).selectOption('hover');
  await expect(stage.getByText('Grey strips belong to two bins.')).toHaveCount(0);
  await page
    .getByRole('grid', { name: /^Level 2×2/ })
    .locator('[data-cell]')
    .nth(1)
    .hover();
  await expect(page.getByRole('heading', { name: /^Row 1, column 2 of 2×2/ })).toBeVisible();
  const out = page.getByRole('region', { name: 'What stands out here' });
  const channels = out.getByRole('button', { name: /^Channel \d+: [\d.]+, usually [\d.]+, at row \d+, column \d+$/ });
  await expect(channels).toHaveCount(5);
  await expect(channels.last()).toBeInViewport({ ratio: 1 });
  await expect(channels.last().locator('image')).toHaveCount(1);
  // Ranked by what is unusual: not five channels that are often as high.
  for (const name of await channels.evaluateAll((all) => all.map((one) => one.getAttribute('aria-label') ?? ''))) {
    const [, value, usual] = /: ([\d.]+), usually ([\d.]+)/.exec(name) ?? [];
    expect(Number(value)).toBeGreaterThan(Number(usual));
  }
  await expect(stage.getByText(/^Dots: .* Hatched /)).toBeVisible();
});
