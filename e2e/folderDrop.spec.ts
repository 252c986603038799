import { expect, test } from './fixtures.ts';
import { dropFromDisk } from './folders.ts';
import { allPhotos, open, shownClasses } from './projectSteps.ts';
import { tinyPng, writeFiles } from './tinyImages.ts';

/** Folders of drawn photos, one of them with a folder inside and a file that is no photo. */
function photosOnDisk(folder: string): void {
  const files = new Map<string, Buffer>();
  for (let i = 0; i < 5; i++) files.set(`daisy/${i === 4 ? 'garden/' : ''}daisy ${i}.png`, tinyPng(40 + i, 50, i));
  for (let i = 0; i < 3; i++) files.set(`rosé/IMG_${i}.png`, tinyPng(60, 40 + i, 10 + i));
  files.set('daisy/notes.txt', Buffer.from('no photo'));
  writeFiles(folder, files);
}

test('two folders dropped on Fine-tune are two classes; one dropped on a class goes into it', async ({
  page,
}, info) => {
  const folder = info.outputPath('flowers');
  photosOnDisk(folder);
  await open(page);
  await expect(page.getByText('Drop folders of photos')).toBeVisible();
  await dropFromDisk(page, [`${folder}/daisy`, `${folder}/rosé`], 640, 400);
  await expect(allPhotos(page, 8)).toBeVisible();
  expect(await shownClasses(page)).toEqual(['daisy5 photos', 'rosé3 photos']);
  await expect(page.getByText('1 file is not a photo and was left out.')).toBeVisible();
  // They are read for real: thumbnails come.
  await expect(page.locator('[role=option] img')).toHaveCount(8);

  writeFiles(folder, new Map([['more/late.png', tinyPng(70, 30, 20)]]));
  const box = await page.getByRole('button', { name: 'rosé 3 photos' }).boundingBox();
  await dropFromDisk(page, [`${folder}/more`], (box?.x ?? 0) + 40, (box?.y ?? 0) + 20);
  await expect(allPhotos(page, 9)).toBeVisible();
  expect(await shownClasses(page)).toEqual(['daisy5 photos', 'rosé4 photos']);
});

test('a folder dropped on Batch is classified with the folders in it', async ({ page }, info) => {
  const folder = info.outputPath('flowers');
  photosOnDisk(folder);
  await page.addInitScript(() => localStorage.setItem('anysize.settings', JSON.stringify({ head: 'none' })));
  await page.goto('./?backend=wasm#batch');
  await expect(page.getByText('Drop a folder of thousands')).toBeVisible();
  await dropFromDisk(page, [folder], 640, 400);
  await expect(page.getByText('8 photos done', { exact: true })).toBeVisible();
  await expect(page.getByRole('row').filter({ hasText: 'daisy 4.png' })).toHaveCount(1);
});

test('a file dropped while a tab is still opening does not replace the page', async ({ page }) => {
  await page.route(/assets\/FineTuneTab-[^/]*\.js/, () => {});
  await page.goto('./?backend=wasm#finetune');
  await expect(page.getByText('Opening Fine-tune…')).toBeVisible();
  const prevented = await page.evaluate(() => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([], 'a.png'));
    const drop = new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true });
    return !document.body.dispatchEvent(drop);
  });
  expect(prevented).toBe(true);
});
