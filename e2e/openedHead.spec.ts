import type { Page } from '@playwright/test';
import { sampleHead } from '../src/formats/exportFixtures.ts';
import { headToSafetensors } from '../src/formats/pytorch/pytorchHead.ts';
import { dropDrawn } from './drop.ts';
import { expect, test } from './fixtures.ts';
import { addPhotos, menu, open, picture, showTab, trainTwoClasses } from './projectSteps.ts';

const head = sampleHead(
  { levels: [2, 1], rule: 'adaptive', pooling: 'max' },
  { sqrt: false, l2: 'vector', centre: true },
);

const opened = (page: Page) => page.getByRole('region', { name: 'Opened heads' });
const kept = (page: Page) => page.locator('html[data-keeping="kept"]').waitFor({ state: 'attached' });

test('a head from a file is renamed, deleted and put back; all of it survives a reload', async ({ page }) => {
  await open(page);
  await page.getByLabel('Head to open').setInputFiles({
    name: 'mine.safetensors',
    mimeType: 'application/octet-stream',
    buffer: Buffer.from(headToSafetensors(head)),
  });
  // It can be managed before there is any class.
  await expect(opened(page)).toContainText(head.name);
  await expect(opened(page)).toContainText('in use in Classify');
  await menu(page, head.name, 'Rename');
  await page.getByLabel('Name of the head').fill('Garden');
  await page.getByLabel('Name of the head').press('Enter');
  await expect(opened(page)).toContainText('Garden');
  await addPhotos(page, [picture(1)]);
  await kept(page);

  await page.reload();
  await expect(opened(page)).toContainText('Garden');
  await showTab(page, 'Classify');
  await dropDrawn(page, [[80, 60]]);
  await expect(page.getByRole('region', { name: 'Classes' })).toContainText('Garden');

  await showTab(page, 'Fine-tune');
  await menu(page, 'Garden', 'Delete');
  await expect(opened(page)).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo', exact: true }).last().click();
  await expect(opened(page)).toContainText('Garden');
  await expect(opened(page)).toContainText('in use in Classify');
  await kept(page);
  await page.reload();
  await expect(opened(page)).toContainText('Garden');
  await showTab(page, 'Classify');
  await dropDrawn(page, [[90, 60]]);
  await expect(page.locator('[role=option][data-status=done]')).toContainText(new RegExp(head.classes.join('|')));

  await showTab(page, 'Fine-tune');
  await menu(page, 'Garden', 'Delete');
  await kept(page);
  await page.reload();
  await expect(page.getByRole('button', { name: 'All photos' })).toBeVisible();
  await expect(opened(page)).toHaveCount(0);
});

test('a run that was deleted comes back with “Undo”, and is called by its new name', async ({ page }, info) => {
  await trainTwoClasses(page, info, 8);
  const runs = page.getByRole('region', { name: 'Runs' });
  await expect(runs).toContainText('in use in Classify', { timeout: 60_000 });
  await menu(page, 'Run 1', 'Rename');
  await page.getByLabel('Name of the run').fill('Corners');
  await page.getByLabel('Name of the run').press('Enter');
  await menu(page, 'Corners', 'Delete');
  await expect(runs).toContainText('Each training is kept here');
  await runs.getByRole('button', { name: 'Undo' }).click();
  await expect(runs).toContainText('in use in Classify');
  await kept(page);
  await page.reload();
  await expect(runs).toContainText('Corners');
  await showTab(page, 'Classify');
  await dropDrawn(page, [[80, 60]]);
  await expect(page.getByRole('region', { name: 'Classes' })).toContainText('Corners');
});
