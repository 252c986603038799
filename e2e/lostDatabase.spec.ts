import { readFileSync } from 'node:fs';
import { BlobReader, ZipReader } from '@zip.js/zip.js';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { addPhotos, allPhotos, classButtons, kept, notKept, open, picture, showTab } from './projectSteps.ts';
import { storedProjects } from './storedProjects.ts';

/** Deletes the page's database behind its back, as a cleaner or the developer tools do. */
const deleteDatabase = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const request = indexedDB.deleteDatabase('anysize');
        request.addEventListener('success', () => resolve());
        request.addEventListener('error', () => reject(request.error));
      }),
  );

const photosIn = async (page: Page) =>
  (await storedProjects(page)).flatMap(({ photos }) => photos).map(({ name }) => name);

test('a database that is deleted while the page is open is written anew from memory, photos of an earlier visit too', async ({
  page,
}) => {
  await open(page);
  await addPhotos(page, [picture(1), picture(2)]);
  await kept(page, 2);
  await page.reload();
  await expect(allPhotos(page, 2)).toBeVisible();
  await deleteDatabase(page);
  await addPhotos(page, [picture(3)]);
  await kept(page, 3);
  await expect(notKept(page)).toHaveCount(0);
  await page.reload();
  await expect(allPhotos(page, 3)).toBeVisible();
  const [project, ...others] = await storedProjects(page);
  expect(others).toEqual([]);
  expect(project?.problems).toEqual([]);
  expect(await photosIn(page)).toEqual(['photo-1.png', 'photo-2.png', 'photo-3.png']);

  // Without any change too, once somebody looks at the list.
  await deleteDatabase(page);
  await showTab(page, 'Projects');
  await kept(page, 3);
  await expect(page.getByRole('list', { name: 'Projects' }).getByRole('listitem')).toHaveCount(1);
});

test('where the database cannot be opened any more, the project can still be exported', async ({ page }) => {
  // Every connection after the first is refused, in workers too.
  await page.route('**/*storageWorker*', async (route) => {
    const answer = await route.fetch();
    const broken = `{
      const open = IDBFactory.prototype.open;
      let opened = 0;
      IDBFactory.prototype.open = function (...args) {
        if (args[0] !== 'anysize' || opened++ === 0) return open.apply(this, args);
        throw new DOMException('Internal error opening backing store', 'UnknownError');
      };
    }`;
    await route.fulfill({ response: answer, body: broken + (await answer.text()) });
  });
  // A download, not the system's dialog.
  await page.addInitScript(() => Reflect.deleteProperty(window, 'showSaveFilePicker'));
  await open(page);
  await addPhotos(page, [picture(1), picture(2)]);
  await kept(page, 2);
  await deleteDatabase(page);
  await page.locator('[data-class-button]').last().click();
  await addPhotos(page, [picture(3)]);
  await expect(notKept(page)).toContainText('backing store');
  expect(await classButtons(page).count()).toBeGreaterThan(1);
  const download = page.waitForEvent('download');
  await notKept(page).getByRole('button', { name: 'Export the project' }).click();
  const zip = await (await download).path();
  const entries = await new ZipReader(new BlobReader(new Blob([readFileSync(zip)]))).getEntries();
  expect(entries.map(({ filename }) => filename.split('/').at(-1)).filter((name) => name?.endsWith('.png'))).toEqual([
    'photo-1.png',
    'photo-2.png',
    'photo-3.png',
  ]);
});
