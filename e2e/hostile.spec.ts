import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { dropFiles } from './drop.ts';
import { expect, hasShared, NO_SHARED, SHARED, test } from './fixtures.ts';
import { HOSTILE_OUTCOMES } from './hostileOutcomes.ts';

test.skip(!hasShared, NO_SHARED);

test('all hostile files in one drop: each is classified or refused with its reason, the rest go on', async ({
  page,
}) => {
  test.setTimeout(420_000);
  const folder = join(SHARED, 'images/hostile');
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as { file: string }[];
  const files = manifest.map(({ file }) => file).filter((file) => !file.startsWith('zips/'));
  expect(files.length).toBeGreaterThan(100);
  await page.goto('.//?backend=wasm');
  await page.evaluate(() => window.anysize.ready);
  await dropFiles(
    page,
    files.map((file) => join(folder, file)),
  );
  const list = page.getByRole('listbox', { name: 'Photos' });
  await expect(page.getByText(`${files.length} photos`, { exact: true })).toBeVisible({ timeout: 300_000 });

  const outcomes: Record<string, unknown> = {};
  await list.focus();
  await page.keyboard.press('Home');
  for (const [i, file] of files.entries()) {
    const row = list.locator(`[role=option][aria-posinset="${i + 1}"]`);
    await expect(row).toHaveAttribute('aria-selected', 'true');
    const status = await row.getAttribute('data-status');
    const error = await row.getAttribute('data-error');
    outcomes[file] = status === 'done' ? 'ok' : { error };
    if (status === 'failed') {
      // The row says which file and what is wrong, in a sentence of its own.
      const text = (await row.textContent()) ?? '';
      expect(text.length, file).toBeGreaterThan(basename(file).length > 60 ? 60 : basename(file).length + 20);
    }
    await page.keyboard.press('ArrowDown');
  }
  expect(outcomes).toEqual(Object.fromEntries(files.map((file) => [file, HOSTILE_OUTCOMES[file]])));
  // Names are text: the one that is HTML made no element.
  expect(await page.locator('img[src="x"]').count()).toBe(0);
});
