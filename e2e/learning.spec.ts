import { join } from 'node:path';
import { expect, test } from './fixtures.ts';
import { headline, kept, learnSlowly, open } from './projectSteps.ts';
import { png } from './png.ts';
import { writeFiles } from './tinyImages.ts';

const classButton = (name: string, count: number) => ({ name: `${name} ${count} photos` });

/** Two classes of stripes, red and blue, of another width in each picture: the same ones moved are frames of one burst. */
function striped(count: number): Map<string, Buffer> {
  const photo = (red: boolean, i: number) =>
    png(80 + i, 60, (x, y) => {
      const light = (x * (i + 1) + y * ((i % 3) + 1)) % 48 < 24 ? 1 : 0.4;
      return red ? [255 * light, 30, 40] : [20, 40, 255 * light];
    });
  return new Map(
    Array.from({ length: count }, (_, i) => [`${i % 2 ? 'red' : 'blue'}/${i}.png`, photo(i % 2 === 1, i)] as const),
  );
}

test('the wait shows the photos and what they are taken for; a renamed class is only relabelled, one of a name that there is can be merged', async ({
  page,
}, info) => {
  test.setTimeout(180_000);
  const folder = info.outputPath('stripes');
  writeFiles(folder, striped(16));
  await open(page);
  await page.getByLabel('Folder of class folders').setInputFiles(folder);
  await page.getByRole('region', { name: 'Options' }).getByRole('button', { name: 'Train', exact: true }).click();
  const photos = page.getByRole('figure', { name: /photos/ });
  await expect(photos.getByRole('listitem').first()).toBeVisible();
  await expect(headline(page)).toBeVisible();
  await expect(photos.getByText(/4 of 4 right/)).toBeVisible();
  await expect(photos.getByText(/^red\s*✓$/).first()).toBeVisible();

  const rename = async (from: string, to: string) => {
    await page.getByRole('button', { name: `What to do with ${from}` }).click();
    await page.getByRole('menuitem', { name: /rename/i }).click();
    await page.getByRole('textbox', { name: 'Name of the class' }).fill(to);
    await page.keyboard.press('Enter');
  };
  await rename('red', 'scarlet');
  await expect(page.getByRole('button', classButton('scarlet', 8))).toBeVisible();
  await page.getByRole('tab', { name: 'Results' }).click();
  await expect(page.getByRole('button', { name: /^scarlet taken for scarlet/ })).toBeVisible();
  await expect(page.getByText(/stale/)).toHaveCount(0);
  // The head says so too.
  await page.getByRole('tab', { name: 'Classify' }).click();
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles(join(folder, 'red', '1.png'));
  await expect(page.locator('[role=option][data-status=done]')).toContainText('scarlet');
  await page.getByRole('tab', { name: 'Fine-tune' }).click();

  await rename('scarlet', 'blue');
  const clash = page.getByRole('group', { name: 'Two classes of one name' });
  await expect(clash).toBeVisible();
  await clash.getByRole('button', { name: 'Another name' }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', classButton('scarlet', 8))).toBeVisible();
  await rename('scarlet', 'blue');
  await clash.getByRole('button', { name: 'Merge the two' }).click();
  await expect(page.getByRole('button', classButton('blue', 16))).toBeVisible();
});

test('a reload in the middle of a training offers to go on', async ({ page }, info) => {
  test.setTimeout(180_000);
  page.on('dialog', (dialog) => void dialog.accept());
  const folder = info.outputPath('stripes');
  writeFiles(folder, striped(12));
  await open(page);
  await page.getByLabel('Folder of class folders').setInputFiles(folder);
  await learnSlowly(page);
  await kept(page, 12);
  await page.getByRole('region', { name: 'Options' }).getByRole('button', { name: 'Train', exact: true }).click();
  await expect(page.getByText(/epoch \d/i).first()).toBeVisible();
  await page.reload();
  await page.getByRole('button', { name: 'Go on training' }).click();
  await expect(page.getByText(/epoch \d/i).first()).toBeVisible();
  await page.getByRole('button', { name: 'Stop and keep' }).click();
  await expect(headline(page)).toBeVisible();
  // Kept, and nothing is offered any more.
  await expect(page.getByText('in use in Classify')).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('data-keeping', 'kept');
  await page.reload();
  await expect(page.getByText('in use in Classify')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Go on training' })).toHaveCount(0);
});

test('the built-in example ends with its point, and its results stand on one screen', async ({ page }) => {
  test.setTimeout(240_000);
  await open(page);
  await page.getByRole('button', { name: /built-in example/i }).click();
  const point = page.getByRole('figure', { name: 'What the pyramid is for' });
  await expect(point).toBeVisible({ timeout: 150_000 });
  const [mean = 1, pyramid = 0] = (await point.getByRole('definition').allTextContents()).map((text) =>
    Number.parseInt(text, 10),
  );
  process.stdout.write(`built-in example: global mean ${mean} %, pyramid ${pyramid} %\n`);
  expect(pyramid).toBeGreaterThanOrEqual(95);
  expect(pyramid - mean).toBeGreaterThanOrEqual(30);
  await page.getByRole('tab', { name: 'Results' }).click();
  await expect(page.getByRole('region', { name: 'Try it' }).getByRole('button', { name: 'Camera' })).toBeInViewport();
  await expect(page.getByRole('button', { name: /^Download the recommended file/ })).toBeInViewport();
  await expect(point).toBeInViewport();
});
