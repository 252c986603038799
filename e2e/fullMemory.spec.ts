/** A browser that gives WASM little memory, as a phone may: smaller tiles, then a message, never zeros and never a dead page. */
import { browserLaunch } from '../tools/browser.ts';
import { dropDrawn } from './drop.ts';
import { expect, test } from './fixtures.ts';

/** Pages of 64 KiB that a WASM heap may have: 42 MB, a third of which the model takes. */
const MOST_PAGES = 640;
const launch = browserLaunch();
test.use({ launchOptions: { ...launch, args: [...launch.args, `--js-flags=--wasm-max-mem-pages=${MOST_PAGES}`] } });

test('a photo that does not fit in the smallest pieces fails by name; those after it are answered', async ({
  page,
}) => {
  test.setTimeout(240_000);
  await page.addInitScript(
    (text) => localStorage.setItem('anysize.settings', text),
    JSON.stringify({ head: 'none', policy: { kind: 'native', maxPixels: 2 ** 27 } }),
  );
  await page.goto('./?backend=wasm');
  await page.evaluate(() => window.anysize.ready);
  await dropDrawn(page, [
    [801, 745],
    [200, 150],
  ]);
  const [large, small] = [page.getByRole('option').nth(0), page.getByRole('option').nth(1)];
  await expect(large).toHaveAttribute('data-status', 'failed', { timeout: 120_000 });
  await expect(large).toHaveAttribute('data-error', 'OutOfMemory');
  await expect(large).toContainText('Not classified');
  await expect(small).toHaveAttribute('data-status', 'done', { timeout: 60_000 });
  await expect(page.getByText(/^This browser has too little memory .* tiles of 0\.6 megapixels\.$/)).toBeVisible();
  await large.click();
  await expect(page.getByText(/^“drawn-1\.png” needs more memory than this browser has left/)).toBeVisible();

  // On the heap made anew the numbers are right, and the heap keeps to its limit.
  const { data, wasmHeapBytes } = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(90, 60);
    canvas.getContext('2d')?.fillRect(5, 5, 20, 20);
    const blob = await canvas.convertToBlob();
    const { data } = await window.anysize.vector(blob, { policy: 'native' });
    const { wasmHeapBytes } = await window.anysize.memory();
    await window.anysize.use('cpu');
    const other = await window.anysize.vector(blob, { policy: 'native' });
    const most = data.reduce((far, value, i) => Math.max(far, Math.abs(value - (other.data[i] ?? Number.NaN))), 0);
    return { data: { most, largest: Math.max(...data) }, wasmHeapBytes };
  });
  expect(data.largest).toBeGreaterThan(0.5);
  expect(data.most).toBeLessThan(1e-3);
  expect(wasmHeapBytes).toBeLessThanOrEqual(MOST_PAGES * 65_536);
});
