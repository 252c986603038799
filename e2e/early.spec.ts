import { expect, LONG, test } from './fixtures.ts';
import { png } from './png.ts';
import { headline, open } from './projectSteps.ts';
import { writeFiles } from './tinyImages.ts';

/** The number: with 200 photos, on a machine of its own. */
const MOST_MS = 2000;

for (const [count, details] of [
  [24, {}],
  [200, LONG],
] as const)
  test(
    `the vectors of ${count} photos are made before Train is pressed, and made again when the size changes`,
    details,
    async ({ page }, info) => {
      test.setTimeout(300_000);
      const folder = info.outputPath('early');
      const photo = (i: number) =>
        png(90 + (i % 11), 70 + (i % 5), (x, y) => [(x * (i + 3)) % 256, (y * (i * 5 + 1)) % 256, i % 2 ? 240 : 20]);
      writeFiles(
        folder,
        new Map(Array.from({ length: count }, (_, i) => [`${i % 2 ? 'red' : 'blue'}/${i}.png`, photo(i)])),
      );
      await open(page);
      await page.getByLabel('Folder of class folders').setInputFiles(folder);
      const options = page.getByRole('region', { name: 'Options' });
      const ready = options.getByText(`${count} photos, looked at before`);
      await expect(ready).toBeVisible({ timeout: 200_000 });
      const pressed = Date.now();
      await options.getByRole('button', { name: 'Train', exact: true }).click();
      await expect(headline(page)).toBeVisible();
      const took = Date.now() - pressed;
      process.stdout.write(`${count} photos that were looked at: trained ${(took / 1000).toFixed(1)} s after Train\n`);
      expect(took).toBeLessThan(MOST_MS);
      if (count > 24) return;
      await options.getByText('Pyramid, size and split').click();
      await options.getByLabel(/Size of photos/).selectOption('crop');
      await expect(ready).toBeHidden();
      await expect(ready).toBeVisible({ timeout: 60_000 });
    },
  );
