import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { dropFiles } from './drop.ts';
import { expect, hasShared, LONG, NO_SHARED, SHARED, test } from './fixtures.ts';
import { HOSTILE_OUTCOMES } from './hostileOutcomes.ts';

test.skip(!hasShared, NO_SHARED);

/** One of each kind; every file alone is decoded in `hostile.browser.test.ts`. */
const TRICKY = [
  '01_zero_byte.jpg',
  '04_html_as.png',
  '06_random_64k.jpg',
  '10_truncated_half.jpg',
  '14_bad_crc.png',
  '20_bomb_20000x20000_1bit.png',
  '23_lie_100000x100000.png',
  '24_zero_dim.png',
  '30_shape_1x5000.png',
  '41_cmyk_profile.jpg',
  '43_lossless.jpg',
  '49_fully_transparent.png',
  '61_animated_120f.gif',
  '68_svg_huge.svg',
  '70_svg_billion_laughs.svg',
  '81_webp_named.jpg',
  '86_polyglot_gif_js.gif',
  '95_webp_exif_6.webp',
  'names/<img src=x onerror=alert(1)>.jpg',
  'names/__proto__.jpg',
];

for (const [what, chosen, details] of [
  [`${TRICKY.length} tricky files`, TRICKY, {}],
  ['all hostile files', Object.keys(HOSTILE_OUTCOMES), LONG],
] as const)
  test(
    `${what} in one drop: each is classified or refused with its reason, the rest go on`,
    details,
    async ({ page }) => {
      test.setTimeout(420_000);
      const folder = join(SHARED, 'images/hostile');
      const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as { file: string }[];
      const files = manifest.map(({ file }) => file).filter((file) => chosen.includes(file));
      expect(files).toHaveLength(chosen.length);
      await page.goto('./?backend=wasm');
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
    },
  );
