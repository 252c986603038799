import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { noAxeViolations, noSidewaysScroll } from './accessibility.ts';
import { expect, LONG, test } from './fixtures.ts';
import { open, picture, type Upload } from './projectSteps.ts';

const COCO = {
  images: [1, 2, 3].map((id) => ({ id, file_name: `set/photo-${id}.png` })),
  annotations: [
    { image_id: 1, category_id: 7, bbox: [2, 3, 10.5, 12] },
    { image_id: 1, category_id: 9, bbox: [20, 20, 10, 10] },
    { image_id: 2, category_id: 7, bbox: [30, 30, 400, 400] },
    { image_id: 2, category_id: 7, bbox: [5, 5, 0, 9] },
    { image_id: 9, category_id: 7, bbox: [5, 5, 9, 9] },
  ],
  categories: [
    { id: 7, name: 'cat' },
    { id: 9, name: 'dog' },
  ],
};

const file = (name: string, text: string): Upload => ({ name, mimeType: '', buffer: Buffer.from(text) });
const photos = (page: Page): Locator => page.getByRole('listbox', { name: 'Photos to find things in' });
const things = (page: Page): Locator => page.getByRole('region', { name: 'Things to find' });

/** Adds files as the picker gives them. */
async function add(page: Page, files: Upload[]): Promise<void> {
  await page.getByLabel('Photos, boxes or a zip to find things in').setInputFiles(files);
}

async function openFind(page: Page): Promise<void> {
  await page.goto('./?backend=wasm#find');
  await expect(page.getByText(/^Opening/)).toHaveCount(0);
}

const kept = (page: Page) => expect(page.locator('html')).toHaveAttribute('data-keeping', 'kept');

/** Photos as the list says them: name, boxes, mark. */
const listed = (page: Page) =>
  photos(page)
    .getByRole('option')
    .evaluateAll((all) => all.map((one) => one.ariaLabel));

/** What goes out as COCO. */
async function exported(page: Page): Promise<unknown> {
  await page.getByRole('button', { name: 'Export boxes' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  return JSON.parse(readFileSync(await (await download).path(), 'utf8'));
}

test('photos and boxes come in, outlive a reload, go out, and come in again equal', async ({ page }) => {
  await openFind(page);
  await add(page, [
    picture(1),
    picture(2),
    picture(3),
    file('unread.jpg', 'no photo'),
    file('boxes.json', JSON.stringify(COCO)),
  ]);
  const dialog = page.getByRole('dialog', { name: 'Boxes were imported' });
  await expect(dialog).toContainText('3 boxes in 3 photos, from 1 file');
  await expect(dialog).toContainText('1 box reached beyond the photo');
  await expect(dialog).toContainText('1 box without extent');
  await expect(dialog.getByRole('region', { name: 'Not taken' })).toContainText('1 annotations name no photo');
  await dialog.getByRole('button', { name: 'Done' }).click();
  const all = [
    'photo-1.png, 2 boxes, complete',
    'photo-2.png, 1 box, complete',
    'photo-3.png, 0 boxes, complete',
    'unread.jpg, 0 boxes, not complete, cannot be read',
  ];
  expect(await listed(page)).toEqual(all);
  await noAxeViolations(page);
  await kept(page);

  await page.reload();
  await expect(photos(page)).toBeVisible();
  expect(await listed(page)).toEqual(all);
  const before = await exported(page);

  // A photo that goes comes back with its boxes; a class that goes takes its own along.
  await photos(page).press('Delete');
  await expect(page.getByRole('heading', { name: '3 photos' })).toBeVisible();
  await page.keyboard.press('Control+z');
  expect(await listed(page)).toEqual(all);
  await things(page).getByRole('button', { name: 'What to do with cat' }).click();
  await page.getByRole('menuitem', { name: 'Delete with its boxes' }).click();
  expect(await listed(page)).toEqual([
    'photo-1.png, 1 box, complete',
    'photo-2.png, 0 boxes, complete',
    ...all.slice(2),
  ]);

  await add(page, [file('again.json', JSON.stringify(before))]);
  await expect(dialog).toContainText('2 boxes in 3 photos');
  await expect(dialog).toContainText('1 box here already');
  await page.keyboard.press('Escape');
  expect(sorted(await exported(page))).toEqual(sorted(before));

  await page.setViewportSize({ width: 390, height: 844 });
  await noSidewaysScroll(page);
});

/** The boxes of a COCO file, whatever their order. */
function sorted(coco: unknown): unknown {
  const { annotations, ...rest } = coco as { annotations: { image_id: number; category_id: number; bbox: number[] }[] };
  const lines = annotations.map((one) => [one.image_id, one.category_id, ...one.bbox].join(' '));
  return { ...rest, annotations: lines.toSorted() };
}

test('classes have one name each, and photos of Fine-tune come over in one click', async ({ page }) => {
  await open(page);
  await page
    .locator('input[type=file][aria-label^="Photos or a zip"]')
    .first()
    .setInputFiles([picture(1), picture(2)]);
  await page.getByRole('textbox', { name: 'Name of the class' }).press('Enter');
  await page.getByRole('tab', { name: 'Find' }).click();
  await page.getByRole('button', { name: 'Use 2 photos of Fine-tune' }).click();
  await expect(photos(page).getByRole('option')).toHaveCount(2);
  const name = async (text: string) => {
    await things(page).getByRole('button', { name: 'Class', exact: true }).click();
    await page.getByRole('textbox', { name: 'Name of the new class' }).fill(text);
    await page.keyboard.press('Enter');
  };
  await name('cat');
  await name(' cat ');
  await expect(things(page).getByRole('alert')).toContainText('There is a class “cat” already');
  await expect(things(page).getByRole('listitem')).toHaveCount(1);
  await kept(page);
});

test('a tab that follows sees boxes, and changes none', LONG, async ({ page, context }) => {
  await openFind(page);
  await add(page, [picture(1), picture(2), picture(3)]);
  await expect(photos(page).getByRole('option')).toHaveCount(3);
  await kept(page);
  const other = await context.newPage();
  await openFind(other);
  await expect(other.getByText('This project is open in another tab.')).toBeVisible();
  await add(page, [file('boxes.json', JSON.stringify(COCO))]);
  await page.keyboard.press('Escape');
  await expect.poll(() => listed(other)).toEqual(await listed(page));
  await photos(other).press('Delete');
  await expect.poll(() => listed(other)).toEqual(await listed(page));
  await other.getByRole('button', { name: 'Take over here' }).click();
  await kept(other);
  await photos(other).press('Delete');
  await expect(photos(page).getByRole('option')).toHaveCount(2);
});
