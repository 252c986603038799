import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { drawFindScene, findScenes } from '../src/core/find/scenes.ts';
import { noAxeViolations, noSidewaysScroll } from './accessibility.ts';
import { expect, LONG, test } from './fixtures.ts';
import { png } from './png.ts';

/** A drawn number with its sign: "+1.32", "−3.77". */
const NUMBER = /[+−]\d+\.\d\d|0\.00/g;

/** A scene that the example has not, as a PNG file. */
function drawnScene(): Buffer {
  const [scene] = findScenes(1, 5);
  if (!scene) throw new Error('There is no scene.');
  const { data, width, height } = drawFindScene(scene);
  return png(width, height, (x, y) => {
    const at = 3 * (y * width + x);
    return [0, 1, 2].map((c) => Math.round(255 * (data[at + c] ?? 0))) as [number, number, number];
  });
}

const plain = (width: number, height: number) => png(width, height, () => [90, 120, 60]);

const numberOf = (text: string): number => Number(text.replace('−', '-'));

test(
  'the example of Find: one click to boxes, a threshold that filters, evidence that adds up, boxes suggested',
  LONG,
  async ({ page }) => {
    test.setTimeout(300_000);
    await page.goto('./?backend=wasm#find');
    const begun = Date.now();
    await page.getByRole('button', { name: 'Try the built-in example' }).click();
    const sees = page.getByRole('region', { name: 'What it finds' });
    const found = sees.getByRole('list', { name: 'Found boxes' }).getByRole('button');
    await expect(found.first()).toBeVisible({ timeout: 240_000 });
    process.stdout.write(`example of Find: boxes after ${((Date.now() - begun) / 1000).toFixed(1)} s\n`);
    await expect(page.getByText(/^Finds \d+ of \d+ things in \d+ photos it had never seen/)).toBeVisible();
    await expect(sees.getByText('New to the finder.')).toBeVisible();

    const slider = sees.getByRole('slider', { name: 'Shown from' });
    const atBest = await found.count();
    await slider.fill('0.01');
    await expect.poll(() => found.count()).toBeGreaterThan(atBest);
    await slider.fill('0.99');
    await expect(found).toHaveCount(0);
    await sees.getByRole('button', { name: 'Best for each class' }).click();
    await expect(found).toHaveCount(atBest);

    await found.first().click();
    const sum = sees.getByText(/together .*, the score\./);
    await expect(sum).toBeVisible();
    const [bias = 0, last = 0, middle = 0, score = 0] = [...((await sum.textContent()) ?? '').matchAll(NUMBER)].map(
      ([text]) => numberOf(text),
    );
    expect(Math.abs(bias + last + middle - score)).toBeLessThan(0.025);
    await expect(sees.getByRole('img', { name: /cells of the middle map/ })).toBeVisible();
    const bins = sees.getByRole('grid', { name: /^Middle map, level/ }).getByRole('gridcell');
    await expect(bins).toHaveCount(10);
    const each = (await bins.allTextContents()).map(numberOf);
    expect(Math.abs(each.reduce((a, b) => a + b, 0) - middle)).toBeLessThan(0.06);

    await noAxeViolations(page);
    await page.setViewportSize({ width: 390, height: 844 });
    await noSidewaysScroll(page);
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.getByRole('tab', { name: 'Train', exact: true }).click();
    await expect(page.getByRole('button', { name: 'Train again' })).toBeEnabled();
    await page.setViewportSize({ width: 390, height: 844 });
    await noSidewaysScroll(page);
    await noAxeViolations(page);
    await page.setViewportSize({ width: 1280, height: 800 });

    await page.getByRole('tab', { name: 'Boxes', exact: true }).click();
    const suggest = page.getByRole('group', { name: 'Suggested boxes' });
    await suggest.getByRole('button', { name: 'Suggest boxes' }).click();
    await expect(suggest.getByText(/suggestions? here, \d photos? with suggestions/)).toBeVisible({ timeout: 120_000 });
    const before = await suggest.getByRole('status').textContent();
    await suggest.getByRole('button', { name: 'Accept all' }).click();
    await expect(suggest.getByRole('status')).not.toHaveText(before ?? '');

    await page.getByRole('tab', { name: 'Results', exact: true }).click();
    const folder = test.info().outputPath('folder');
    await mkdir(folder);
    await writeFile(join(folder, 'scene.png'), drawnScene());
    await writeFile(join(folder, 'broken.png'), 'no photo');
    await page.getByLabel('Folder of photos to search').setInputFiles(folder);
    const save = page.getByRole('button', { name: 'Save as COCO JSON' });
    await expect(save).toBeVisible({ timeout: 60_000 });
    await expect(page.getByText(/found in [01] of 1 photo\./)).toBeVisible();
    await expect(page.getByText('1 photo could not be searched')).toBeVisible();
    const saved = page.waitForEvent('download');
    await save.click();
    const coco = JSON.parse(await readFile(await (await saved).path(), 'utf8'));
    expect(coco.images).toEqual([expect.objectContaining({ id: 1, file_name: 'folder/scene.png' })]);
    expect(coco.categories.map(({ name }: { name: string }) => name)).toEqual(['star', 'target']);

    // The run is kept; the engine of the next visit hears of its finder when it is first asked.
    await page.reload();
    await page.getByRole('tab', { name: 'Results', exact: true }).click();
    await expect(page.getByText(/^Finds \d+ of \d+ things/)).toBeVisible();
    await page.getByRole('listbox', { name: 'Photos to find things in' }).press('End');
    await expect(sees.getByText('New to the finder.')).toBeVisible({ timeout: 60_000 });

    const download = page.waitForEvent('download', { timeout: 60_000 });
    await page.getByRole('button', { name: 'Download the finder' }).click();
    const file = await download;
    expect(file.suggestedFilename()).toMatch(/-finder\.zip$/);
    const zip = await readFile(await file.path());
    for (const name of ['anysize_find.py', 'maps.onnx', 'windows.onnx']) expect(zip.includes(name), name).toBe(true);
    expect(zip.length).toBeGreaterThan(4e6);
  },
);

test('Find says why it cannot train', async ({ page }) => {
  await page.goto('./?backend=wasm#find');
  await page.getByLabel('Photos, boxes or a zip to find things in').setInputFiles([
    { name: 'a.png', mimeType: 'image/png', buffer: plain(64, 48) },
    { name: 'b.png', mimeType: 'image/png', buffer: plain(48, 64) },
  ]);
  await page.getByRole('tab', { name: 'Train', exact: true }).click();
  await expect(page.getByText('There is no box yet: draw one around each thing in a few photos.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Train', exact: true })).toBeDisabled();
  await page.getByRole('tab', { name: 'Results', exact: true }).click();
  await expect(page.getByText('Train once to see what it finds in every photo, and what it misses.')).toBeVisible();
  await noAxeViolations(page);
});
