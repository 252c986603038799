import { choose, folderOf, open, rows } from './batchSteps.ts';
import { expect, test } from './fixtures.ts';
import { headline, showTab } from './projectSteps.ts';
import { png } from './png.ts';
import { writeFiles } from './tinyImages.ts';

/** Red and blue stripes, in folders of these names; every fourth of the red ones is blue. */
function striped(count: number, wrong: boolean): Map<string, Buffer> {
  const photo = (red: boolean, i: number) =>
    png(80 + i, 60, (x, y) => {
      const light = (x + y * (red ? 1 : -1) + 9 * i) % 32 < 16 ? 1 : 0.7;
      return red ? [255 * light, 30, 40] : [20, 40, 255 * light];
    });
  return new Map(
    Array.from({ length: count }, (_, i) => {
      const red = i % 2 === 1;
      return [`${red ? 'red' : 'blue'}/${i}.png`, photo(red && !(wrong && i % 8 === 7), i)] as const;
    }),
  );
}

test('folders named like classes tell how right a batch is; its pictures are kept and come back after a reload', async ({
  page,
}, info) => {
  test.setTimeout(180_000);
  await open(page, {});
  await showTab(page, 'Fine-tune');
  const learned = info.outputPath('learned');
  writeFiles(learned, striped(12, false));
  await page.getByLabel('Folder of class folders').setInputFiles(learned);
  await page.getByRole('region', { name: 'Options' }).getByRole('button', { name: 'Train', exact: true }).click();
  await expect(headline(page)).toBeVisible();

  await showTab(page, 'Batch');
  // Its classes are its own: training changes Classify's.
  const head = page.getByLabel('Classes');
  await expect(head).toHaveValue('everyday');
  await head.selectOption({ index: 2 });
  await choose(page, folderOf(info, striped(16, true)));
  await expect(page.getByText('16 photos done', { exact: true })).toBeVisible();
  const classes = page.getByRole('region', { name: 'Classes of the photos' });
  await expect(classes.getByText('Right on 14 of 16 photos (88 %)')).toBeVisible();
  await expect(classes.getByRole('table', { name: 'Folders and answers' }).getByRole('cell')).toHaveText([
    'folder ↓',
    '8',
    '0',
    '2',
    '6',
  ]);
  await classes.getByRole('button', { name: /^red/ }).click();
  await expect(rows(page)).toHaveCount(6);
  await classes.getByRole('button', { name: /^red/ }).click();

  await page.reload();
  await page.getByRole('button', { name: 'Pictures', exact: true }).click();
  const grid = page.getByRole('listbox', { name: 'Results as pictures' });
  await expect(grid.getByRole('option')).toHaveCount(16);
  const widths = () =>
    grid.locator('img').evaluateAll((all) => all.map((img) => (img as HTMLImageElement).naturalWidth));
  await expect.poll(async () => (await widths()).length).toBe(16);
  expect(Math.min(...(await widths()))).toBeGreaterThan(0);
});
