/** Many photos are shown first and kept soon after. */
import { expect, LONG, test } from './fixtures.ts';
import { kept, open } from './projectSteps.ts';

test(
  '2,000 small photos are kept within ten seconds after they are shown, and the page says how many are not',
  LONG,
  async ({ page }) => {
    test.setTimeout(400_000);
    await open(page);
    await page.evaluate(async () => {
      const files = new DataTransfer();
      for (let i = 0; i < 2000; i++) {
        const canvas = new OffscreenCanvas(64 + (i % 7), 48);
        const drawing = canvas.getContext('2d');
        if (!drawing) throw new Error('no canvas');
        drawing.fillStyle = `hsl(${i * 37} 60% 60%)`;
        drawing.fillRect(0, 0, 80, 48);
        drawing.fillStyle = '#124';
        for (let k = 1; k < 6; k++) drawing.fillRect((i * k * 13) % 64, (i * k * 7) % 48, 4 + k, 3 + (i % 9));
        const blob = await canvas.convertToBlob({ type: 'image/jpeg' });
        files.items.add(new File([blob], `photo-${i}.jpg`, { type: 'image/jpeg' }));
      }
      const input = document.querySelector<HTMLInputElement>('input[type=file][aria-label^="Photos or a zip"]');
      if (!input) throw new Error('no way to add photos');
      // Before the first is kept: what the page says of those that are not.
      const said = new Set<string>();
      Object.assign(window, { said });
      new MutationObserver(() => {
        const text = /[\d,]+ of 2,000 photos are not saved on this device yet/.exec(
          document.body.textContent ?? '',
        )?.[0];
        if (text) said.add(text);
      }).observe(document.body, { childList: true, characterData: true, subtree: true });
      input.files = files.files;
      input.dispatchEvent(new Event('change', { bubbles: true }));
    });
    await page.getByRole('textbox', { name: 'Name of the class' }).press('Enter');
    await expect(page.getByRole('button', { name: /^All photos 2,000 photos/ })).toBeVisible();
    const shown = Date.now();
    await expect(page.getByText(/^Reading \d/)).toHaveCount(0, { timeout: 200_000 });
    const read = Date.now();
    await expect(page.locator('html')).toHaveAttribute('data-keeping', 'kept', { timeout: 60_000 });
    const after = (Date.now() - read) / 1000;
    const said = await page.evaluate(() => (window as unknown as { said: Set<string> }).said.size);
    process.stdout.write(
      `2,000 photos: read ${((read - shown) / 1000).toFixed(1)} s after they were shown, all kept ${after.toFixed(1)} s after that; ` +
        `${said} counts of those not kept yet were seen\n`,
    );
    expect(after).toBeLessThan(10);
    await kept(page, 2000);
    expect(said).toBeGreaterThan(2);
  },
);
