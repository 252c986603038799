import type { Page } from '@playwright/test';
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

const told = (tab: Page) => tab.getByText('This project is open in another tab.');

test('two tabs: one writes, the other follows and can take over', async ({ page, context }) => {
  await open(page);
  await addPhotos(page, [picture(1)]);
  await kept(page, 1);
  const other = await context.newPage();
  await open(other);
  await expect(told(other)).toBeVisible();
  await expect(allPhotos(other, 1)).toBeVisible();

  await addPhotos(page, [picture(2)]);
  await expect(allPhotos(other, 2)).toBeVisible();

  // What the follower changes is not kept, and not shown as if it were.
  await classButtons(other).nth(1).press('Delete');
  await expect(allPhotos(other, 2)).toBeVisible();

  await other.getByRole('button', { name: 'Take over here' }).click();
  await expect(told(other)).toHaveCount(0);
  await expect(told(page)).toBeVisible();
  await addPhotos(other, [picture(3)]);
  await expect(allPhotos(page, 3)).toBeVisible();

  // The tab that is left writes again.
  await other.close();
  await expect(told(page)).toHaveCount(0);
  await addPhotos(page, [picture(4)]);
  await kept(page, 4);
  expect((await storedProjects(page))[0]?.problems).toEqual([]);
});

test('two tabs: what has no room in one is not taken from it', async ({ page, context }) => {
  await open(page);
  await addPhotos(page, [picture(1)]);
  await kept(page, 1);
  const unlimit = await limitRoom(page, 500_000);
  await addPhotos(page, [noise(1)]);
  await expect(notKept(page)).toBeVisible();

  const other = await context.newPage();
  await open(other);
  await expect(told(other)).toBeVisible();
  await other.getByRole('button', { name: 'Take over here' }).click();
  await expect(other.getByText('Something in the other tab is not kept yet')).toBeVisible();
  await expect(told(other)).toBeVisible();
  await expect(allPhotos(page, 2)).toBeVisible();

  await unlimit();
  await other.getByRole('button', { name: 'Take over here' }).click();
  await expect(told(page)).toBeVisible();
  await expect(allPhotos(other, 2)).toBeVisible();
});

test('two tabs: a project that one deletes closes in the other', async ({ page, context }) => {
  await open(page);
  await addPhotos(page, [picture(1)]);
  await kept(page, 1);
  const other = await context.newPage();
  await open(other, 'projects');
  await menu(other, 'Project 1', 'Delete');
  await addPhotos(page, [picture(2)]);
  await expect(page.getByText('That project has been deleted.')).toBeVisible();
  await expect(page.getByText('Drop folders of photos')).toBeVisible();
  await other.getByRole('button', { name: 'Undo' }).click();
  await showTab(page, 'Projects');
  await page.getByRole('button', { name: 'Open Project 1', exact: true }).click();
  await expect(allPhotos(page, 1)).toBeVisible();
});
