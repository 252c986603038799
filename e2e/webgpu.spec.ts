/**
 * The app on WebGPU: one page, on which one thing comes after the other, since WebGPU in software takes ten core-seconds to start. The kernels
 * themselves are held to their references in `src/kernels`, the rest of the app runs on WASM in the other files.
 */
import { join } from 'node:path';
import { pyramidBins } from '../src/core/pyramid/geometry.ts';
import { noAxeViolations } from './accessibility.ts';
import { openDetails } from './details.ts';
import { drawnFolders } from './drawnFolders.ts';
import { dropDrawn } from './drop.ts';
import { expect, LONG, test } from './fixtures.ts';
import { loseUntilWasm } from './loseDevice.ts';
import { headline, showTab } from './projectSteps.ts';

test.describe.configure({ mode: 'default' });

test('on WebGPU, the numbers in the panel are those of the CPU reference for that image', async ({ engine }) => {
  const page = await engine('webgpu');
  await dropDrawn(page, [[150, 97]]);
  await expect(page.getByText(/5×4 cells/).first()).toBeVisible({ timeout: 90_000 });
  await openDetails(page);
  await page.getByText('All 21 bins as a table').click();
  const shown = await page
    .locator('[aria-label="Bins as a table"] tbody tr')
    .evaluateAll((trs) => trs.map((tr) => Number(tr.querySelectorAll('td')[4]?.textContent?.replace(',', ''))));
  const map = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(150, 97);
    const context = canvas.getContext('2d');
    if (!context) throw new Error('no canvas');
    context.fillStyle = 'hsl(0 60% 60%)';
    context.fillRect(0, 0, 150, 97);
    context.fillStyle = '#124';
    context.beginPath();
    context.ellipse(45, 97 * 0.4, 25, 97 / 5, 0, 0, 7);
    context.fill();
    const blob = await canvas.convertToBlob();
    const { shape, data } = await window.anysize.features(blob, { policy: { kind: 'native', maxPixels: 1e6 } });
    return { shape, data: Array.from(data) };
  });
  expect(map.shape).toEqual([4, 5, 1280]);
  const expected = pyramidBins({ top: 0, left: 0, bottom: 4, right: 5 }, [4, 2, 1], 'adaptive').map((bin) => {
    let squares = 0;
    for (let c = 0; c < 1280; c++) {
      let max = -Infinity;
      for (let y = bin.top; y < bin.bottom; y++) {
        for (let x = bin.left; x < bin.right; x++) max = Math.max(max, map.data[(y * 5 + x) * 1280 + c] ?? Number.NaN);
      }
      squares += max * max;
    }
    return Math.sqrt(squares);
  });
  expect(shown).toHaveLength(21);
  // Shown with three significant digits.
  shown.forEach((value, i) => expect(Math.abs(value / (expected[i] ?? 0) - 1)).toBeLessThan(0.006));
});

test(
  'three classes of four small drawn images on WebGPU, from folders to a Grad-CAM',
  LONG,
  async ({ engine }, info) => {
    test.setTimeout(300_000);
    const page = await engine('webgpu');
    const folder = drawnFolders(info.outputPath('drawn'), 4);
    await showTab(page, 'Fine-tune');
    // The size is chosen before there are photos, whose vectors are made as soon as they are read: at the default size each takes many seconds.
    await page.getByRole('button', { name: 'Class', exact: true }).click();
    await page.getByRole('textbox', { name: 'Name of the class' }).fill('red');
    await page.keyboard.press('Enter');
    const options = page.getByRole('region', { name: 'Options' });
    await options.getByText('Pyramid, size and split').click();
    await options.getByLabel(/Size of photos/).selectOption('native');
    await page.getByLabel('Folder of class folders').first().setInputFiles(folder);
    await expect(page.getByRole('button', { name: 'All photos 12 photos' })).toBeVisible();
    const train = options.getByRole('button', { name: 'Train', exact: true });
    await expect(train).toBeEnabled();
    // Not a click, which waits for frames: a GPU in software that makes vectors draws none.
    await train.dispatchEvent('click');
    await expect(headline(page)).toBeVisible({ timeout: 240_000 });
    await expect(headline(page)).toContainText('100 %');
    await page.getByRole('button', { name: 'See results' }).click();
    await page.getByRole('button', { name: /^red taken for red/ }).click();
    await page
      .getByRole('listbox', { name: /^Photos/ })
      .getByRole('option')
      .first()
      .click();
    await expect(page.getByRole('img', { name: 'Grad-CAM for red' })).toBeVisible({ timeout: 60_000 });
    await page.keyboard.press('Escape');

    // Now on another photo: Classify takes the size over that the run was trained at.
    await expect(page.getByRole('button', { name: 'Try it on a photo' })).toBeVisible();
    await page.getByLabel('Photos to try the run on').setInputFiles(join(folder, 'green', '3.png'));
    await expect(page.getByRole('combobox', { name: 'Size', exact: true })).toHaveValue('native');
    const row = page.getByRole('option').filter({ hasText: '3.png' });
    await expect(row).toHaveAttribute('data-status', 'done', { timeout: 60_000 });
    await expect(row).toContainText('green');
  },
);

// The last: from here on the page is on WASM.
test('a GPU lost three times in a minute: told in one line, and the badge says where it runs now', async ({
  engine,
}) => {
  test.setTimeout(300_000);
  const page = await engine('webgpu');
  const badge = page.locator('button[popovertarget=backend]');
  await expect(badge).toHaveText('Running on your graphics card');
  const { backend, positive } = await loseUntilWasm(page);
  expect(backend).toBe('wasm');
  expect(positive).toBeGreaterThan(0);
  await expect(page.getByText(/^The GPU was lost and has been started again/)).toBeVisible();
  await expect(page.getByText(/^The GPU was lost three times in a minute; WASM takes over/)).toBeVisible();
  await expect(badge).toHaveText('Running on your processor');
  await noAxeViolations(page);
});
