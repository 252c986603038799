import { expect, test } from './fixtures.ts';
import { addPhotos, allPhotos, kept, open, picture, trainTwoClasses } from './projectSteps.ts';

test.use({ viewport: { width: 390, height: 844 } });

test('a tab that follows has its controls off, answers an edit with the reason, and can take over', async ({
  page,
  context,
}) => {
  await open(page);
  await addPhotos(page, [picture(1), picture(2)]);
  await kept(page, 2);
  const other = await context.newPage();
  await open(other);
  await expect(allPhotos(other, 2)).toBeVisible();
  const alert = other.getByRole('alert').filter({ hasText: 'Not changed. This project is open in another tab.' });
  const add = other.getByRole('button', { name: 'Class', exact: true });
  const level = other.getByLabel('Features', { exact: true });
  await other.getByText('Pyramid, size and split').click();
  for (const control of [add, level, other.getByRole('button', { name: 'Add a folder' })]) {
    await expect(control).toBeDisabled();
  }
  await expect(other.getByText('Another tab has this project open: train there')).toBeVisible();
  await expect(alert).toHaveCount(0);

  // What has no control to switch off is answered, in sight, also further down the page.
  const photo = other.locator('[role=option]').first();
  await photo.focus();
  await photo.press('Delete');
  await expect(alert).toBeInViewport();
  await expect(other.locator('[role=option]')).toHaveCount(2);
  // What Classify uses is each tab's own.
  await other.getByRole('tab', { name: 'Classify' }).click();
  await other.evaluate(() => window.scrollTo(0, 0));
  await expect(alert).toHaveCount(0);
  await other.getByRole('tab', { name: 'Fine-tune' }).click();

  await alert.getByRole('button', { name: 'Take over here' }).click();
  await expect(other.getByText('This project is open in another tab.')).toHaveCount(0);
  await expect(add).toBeEnabled();
  await photo.press('Delete');
  await expect(allPhotos(page, 1)).toBeVisible();
  await expect(page.getByText('Not changed.')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Class', exact: true })).toBeDisabled();
});

test('a training whose project another tab takes over says at its end that the run could not be kept', async ({
  page,
  context,
}, info) => {
  await trainTwoClasses(page, info, 12, true);
  await page.getByRole('button', { name: 'Pause' }).click();
  await kept(page, 12);

  const other = await context.newPage();
  await open(other);
  await other.getByRole('button', { name: 'Take over here' }).click();
  await expect(page.getByText('This project is open in another tab.')).toBeVisible();
  await page.getByRole('button', { name: 'Resume' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'the run could not be kept' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Runs' })).toContainText('Each training is kept here');
  await page.getByRole('tab', { name: 'Batch' }).click();
  await expect(page.getByLabel('Classes', { exact: true }).locator('option:checked')).toHaveText(
    'Everyday things, built in',
  );
});
