/** A camera that is not allowed, not there, or switched off: made up in the page, so that each can be had at will. */
import { expect, test } from './fixtures.ts';
import { open } from './projectSteps.ts';

test('says why there is no picture, tries again, and leaves nothing behind', async ({ page }) => {
  await page.addInitScript(() => {
    const made: MediaStreamTrack[] = [];
    Object.assign(window, {
      cameraSays: 'NotAllowedError',
      switchOff: () => made.forEach((track) => track.dispatchEvent(new Event('ended'))),
    });
    navigator.mediaDevices.getUserMedia = () => {
      const says = (window as unknown as { cameraSays: string }).cameraSays;
      if (says) return Promise.reject(new DOMException('no', says));
      const canvas = document.createElement('canvas');
      canvas.width = canvas.height = 96;
      const drawing = canvas.getContext('2d');
      // A stream has a picture for each one that is drawn.
      setInterval(() => drawing?.fillRect(Math.random() * 96, 0, 9, 96), 50);
      const stream = canvas.captureStream(20);
      made.push(...stream.getVideoTracks());
      return Promise.resolve(stream);
    };
  });
  const say = (cameraSays: string) =>
    page.evaluate((says) => void Object.assign(window, { cameraSays: says }), cameraSays);

  await open(page);
  await page.getByRole('button', { name: 'Camera', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText(/The camera was not allowed\. Allow it/)).toBeVisible();
  await say('NotFoundError');
  await dialog.getByRole('button', { name: 'Try again' }).click();
  await expect(dialog.getByText(/No camera was found/)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Try the built-in example' })).toBeVisible();
  await expect(page.locator('[data-class-button]')).toHaveCount(0);

  await say('');
  await page.getByRole('tab', { name: 'Classify' }).click();
  await page.getByRole('button', { name: 'Camera…' }).click();
  const keep = dialog.getByRole('button', { name: 'Keep as a photo' });
  await expect(keep).toBeEnabled();
  await page.evaluate(() => (window as unknown as { switchOff: () => void }).switchOff());
  await expect(dialog.getByText(/The camera was switched off/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Try again' }).click();
  await expect(keep).toBeEnabled();
  await page.keyboard.press('Escape');
  await expect(page.locator('[role=option]')).toHaveCount(0);
});
