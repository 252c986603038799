import { readFileSync } from 'node:fs';
import { BlobReader, ZipReader } from '@zip.js/zip.js';
import { expect, test } from './fixtures.ts';
import {
  addPhotos,
  allPhotos,
  classButtons,
  kept,
  menu,
  noise,
  open,
  picture,
  showTab,
  limitRoom,
  notKept,
} from './projectSteps.ts';
import { storedProjects } from './storedProjects.ts';

/** Photos in a project file. */
async function filesIn(zip: string): Promise<string[]> {
  const entries = await new ZipReader(new BlobReader(new Blob([readFileSync(zip)]))).getEntries();
  return entries.map(({ filename }) => filename).filter((name) => name.endsWith('.png'));
}

test('a full disk is told, what was kept stays, and work goes on', async ({ page }) => {
  await open(page);
  await addPhotos(page, [picture(1)]);
  await kept(page, 1);
  const unlimit = await limitRoom(page, 2_500_000);
  await addPhotos(
    page,
    Array.from({ length: 6 }, (_, i) => noise(i)),
  );
  const banner = notKept(page);
  await expect(banner).toBeVisible();
  await expect(banner).toContainText('no room');
  await expect(allPhotos(page, 7)).toBeVisible();

  // Work goes on: names are small and still kept.
  await classButtons(page).nth(1).press('F2');
  await page.keyboard.type('Rose');
  await page.keyboard.press('Enter');
  await expect(classButtons(page).nth(1)).toContainText('Rose');
  await expect.poll(async () => (await storedProjects(page))[0]?.classes[0]).toBe('Rose');
  const [before] = await storedProjects(page);
  expect(before?.problems).toEqual([]);
  expect(before?.photos.length).toBeGreaterThanOrEqual(1);
  expect(before?.photos.length).toBeLessThan(7);

  // What is not kept goes out with a project file all the same.
  await page.evaluate(() => Reflect.deleteProperty(window, 'showSaveFilePicker'));
  await showTab(page, 'Projects');
  const downloading = page.waitForEvent('download');
  await menu(page, 'Project 1', 'Export as a file');
  expect(await filesIn(await (await downloading).path())).toHaveLength(7);

  await unlimit();
  await showTab(page, 'Fine-tune');
  await banner.getByRole('button', { name: 'Try again' }).click();
  await expect(banner).toHaveCount(0);
  await kept(page, 7);
  await page.reload();
  await expect(allPhotos(page, 7)).toBeVisible();
  expect((await storedProjects(page))[0]?.problems).toEqual([]);
});

test('with a full disk the open project can be deleted to make room', async ({ page }) => {
  await open(page);
  await addPhotos(page, [picture(1)]);
  await kept(page, 1);
  await limitRoom(page, 1_500_000);
  await addPhotos(page, [noise(1), noise(2)]);
  await expect(notKept(page)).toBeVisible();
  await showTab(page, 'Projects');
  await menu(page, 'Project 1', 'Delete');
  await expect(page.getByRole('listitem')).toHaveCount(0);
  await expect(page.getByRole('alert')).toHaveCount(0);
  expect(await storedProjects(page)).toEqual([]);
});
