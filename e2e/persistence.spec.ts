import type { Page } from '@playwright/test';
import { expect, LONG, test } from './fixtures.ts';
import { addPhotos, allPhotos, kept, open, picture, showTab } from './projectSteps.ts';

type Answer = 'agrees' | 'refuses' | 'fails';

/** A browser that answers so, and counts how often it is asked. */
async function answering(page: Page, answer: Answer): Promise<void> {
  await page.addInitScript((answer) => {
    const told = { asked: 0 };
    Object.assign(window, { told });
    let granted = false;
    StorageManager.prototype.persisted = async () => granted;
    StorageManager.prototype.persist = async () => {
      told.asked++;
      if (answer === 'fails') throw new Error('not in this window');
      return (granted = answer === 'agrees');
    };
  }, answer);
}

const asked = (page: Page) => page.evaluate(() => (window as unknown as { told: { asked: number } }).told.asked);

const WORDS: Record<Answer, string> = {
  agrees: 'The browser has agreed to keep your projects: they stay until you delete them.',
  refuses: 'The browser may clear your projects when the disk runs full. Export the ones you care about.',
  fails: 'The browser may clear your projects when the disk runs full. Export the ones you care about.',
};

for (const [answer, details] of [
  ['agrees', {}],
  ['refuses', {}],
  ['fails', LONG],
] as const) {
  test(
    `the browser is asked once to keep what is made; it ${answer}, and the Projects tab says so`,
    details,
    async ({ page }) => {
      await answering(page, answer);
      await open(page, 'projects');
      const room = page.getByRole('region', { name: 'Room on this computer' });
      await expect(room).toContainText(/of \d[\d.]* [MG]B used \(/);
      await expect(room).toContainText('may clear your projects when the disk runs full, until it agrees');
      expect(await asked(page)).toBe(0);

      await showTab(page, 'Fine-tune');
      await addPhotos(page, [picture(1)]);
      await kept(page, 1);
      await expect.poll(() => asked(page)).toBe(1);
      await addPhotos(page, [picture(2)]);
      await kept(page, 2);
      expect(await asked(page)).toBe(1);

      await showTab(page, 'Projects');
      await expect(room).toContainText(WORDS[answer]);
      const again = room.getByRole('button', { name: 'Ask the browser again' });
      if (answer === 'agrees') await expect(again).toHaveCount(0);
      else {
        await again.click();
        await expect.poll(() => asked(page)).toBe(2);
        await expect(room).toContainText(WORDS[answer]);
      }

      await page.reload();
      await showTab(page, 'Fine-tune');
      await expect(allPhotos(page, 2)).toBeVisible();
    },
  );
}
