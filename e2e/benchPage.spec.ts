import { readFile } from 'node:fs/promises';
import { expect, LONG, test } from './fixtures.ts';

test('the bench page starts and is cancelled; the app itself fetches nothing of it', async ({ page }) => {
  const requested: string[] = [];
  page.on('request', (request) => requested.push(new URL(request.url()).pathname));
  await page.goto('/');
  await page.waitForFunction(() => window.anysize.ready);
  expect(requested.filter((path) => /bench|ort[.-]/.test(path))).toEqual([]);

  await page.goto('/bench?small&rounds=1&backend=wasm');
  await page.getByRole('button', { name: 'Start' }).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('button', { name: 'Start' })).toBeVisible();
});

test('the bench page measures, shows who took how long, and hands it out', LONG, async ({ page }) => {
  await page.goto('/bench?small&rounds=1&backend=wasm');
  await page.getByRole('button', { name: 'Start' }).click();
  await expect(page.getByRole('region', { name: 'Results' })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('table')).toHaveCount(5);
  await expect(page.getByRole('row', { name: /onnxruntime-web on WASM, our export/ })).toContainText('×');
  await expect(page.getByText('Not measured')).toHaveCount(0);

  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as JSON' }).click();
  const report = JSON.parse(await readFile(await (await downloading).path(), 'utf8')) as {
    cases: { id: string; results: { median: number; samples: number }[] }[];
    memory: { bytes: number }[];
  };
  expect(report.cases.map(({ id }) => id)).toEqual(['small photo', 'batch', 'backbone 96x96', 'spp 7x7', 'training']);
  for (const { results } of report.cases) {
    for (const { median, samples } of results) {
      expect(samples).toBe(1);
      expect(median).toBeGreaterThan(0);
    }
  }
  expect(report.memory.length).toBeGreaterThan(0);
});
