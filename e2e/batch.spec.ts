import { readFileSync } from 'node:fs';
import type { Download } from '@playwright/test';
import { asked, choose, finishedOf, FORMULA, folderOf, ODD, open, photos, rows, stopAfter } from './batchSteps.ts';
import { expect, hasShared, IMAGENET_CHOSEN, LONG, NO_SHARED, test } from './fixtures.ts';
import { noAxeViolations, noSidewaysScroll } from './accessibility.ts';

async function contentOf(download: Download): Promise<string> {
  return readFileSync(await download.path(), 'utf8');
}

/** RFC 4180. */
function parseCsv(text: string): Record<string, string>[] {
  const lines: string[][] = [[]];
  for (const [, cell = '', end] of text.matchAll(/("(?:[^"]|"")*"|[^,\r\n]*)(,|\r\n|$)/g)) {
    if (end === '') break;
    lines.at(-1)?.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
    if (end === '\r\n') lines.push([]);
  }
  const [header = [], ...rest] = lines.slice(0, -1);
  return rest.map((line) => Object.fromEntries(header.map((name, i) => [name, line[i] ?? ''])));
}

for (const [count, least, details] of [
  [120, 30, {}],
  [300, 80, LONG],
] as const)
  test(
    `${count} photos: stopped, reloaded, gone on with, none computed twice; CSV and JSON lines read back`,
    details,
    async ({ page }, info) => {
      const files = photos(count);
      const folder = folderOf(info, files);
      await open(page);
      await choose(page, folder);
      const done = await stopAfter(page, count, least);
      expect(done).toBeGreaterThan(least);
      expect(done).toBeLessThan(count);

      await page.reload();
      await expect(page.getByText(`${done} of ${count} done: choose the same folder to go on`)).toBeVisible();
      expect(await asked(page)).toBe(0);
      await expect(page.getByRole('table')).toHaveAttribute('aria-rowcount', String(done + 1));
      await choose(page, folder);
      await expect(page.getByText(`${count} photos done`, { exact: true })).toBeVisible({ timeout: 90_000 });
      expect(await asked(page)).toBe(count - done);

      // Once more the same folder: nothing to do.
      await choose(page, folder);
      await expect(page.getByText(`${count} photos done`, { exact: true })).toBeVisible();
      expect(await asked(page)).toBe(count - done);

      const csv = page.waitForEvent('download');
      await page.getByRole('button', { name: 'CSV', exact: true }).click();
      const download = await csv;
      expect(download.suggestedFilename()).toBe('holiday.csv');
      const text = await contentOf(download);
      expect(text.startsWith('\uFEFFpath,')).toBe(true);
      const table = parseCsv(text.slice(1));
      const paths = [...files.keys()].map((path) => `holiday/${path}`);
      expect(table.map(({ path }) => path).toSorted()).toEqual(paths.toSorted());
      const named = (name: string) => table.find(({ path }) => path === `holiday/${name}`);
      expect(named(FORMULA)).toMatchObject({ name: `'${FORMULA}`, result: 'ok', 'width px': '40', 'height px': '40' });
      expect(named(ODD)).toMatchObject({
        name: ODD,
        'width px': '47',
        'height px': '51',
        'size policy': 'native-1000000',
      });
      expect(table.every((row) => row['backend'] === 'wasm' && Number(row['time ms']) > 0 && row['class'] === '')).toBe(
        true,
      );

      await page.getByRole('searchbox', { name: 'Name' }).fill('ünïcode');
      await expect(rows(page)).toHaveCount(1);
      await page.getByLabel('Only the 1 shown').check();
      const jsonl = page.waitForEvent('download');
      await page.getByRole('button', { name: 'JSON lines' }).click();
      const lines = (await contentOf(await jsonl)).split('\n');
      expect(lines).toHaveLength(2);
      expect(JSON.parse(lines[0] ?? '')).toMatchObject({ path: `holiday/${ODD}`, name: ODD, width: 47, height: 51 });
    },
  );

test('a folder that the browser knows again: goes on by itself after a reload, and is copied by class', async ({
  page,
}) => {
  // The page's own file system stands for a chosen folder: the picker cannot be driven, and the handles are of the same kind.
  await page.addInitScript(() => {
    const showDirectoryPicker = async (options: { mode: string }) => {
      const root = await navigator.storage.getDirectory();
      return root.getDirectoryHandle(options.mode === 'readwrite' ? 'out' : 'photos', { create: true });
    };
    Object.assign(window, { showDirectoryPicker });
  });
  await open(page);
  const files = [...photos(90)].map(([path, bytes]) => [path, bytes.toString('base64')] as const);
  await page.evaluate(async (files) => {
    const root = await navigator.storage.getDirectory();
    for (const [path, base64] of files) {
      let folder = await root.getDirectoryHandle('photos', { create: true });
      const parts = path.split('/');
      const name = parts.pop() ?? '';
      for (const part of parts) folder = await folder.getDirectoryHandle(part, { create: true });
      const file = await (await folder.getFileHandle(name, { create: true })).createWritable();
      await file.write(Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)));
      await file.close();
    }
  }, files);
  await page.getByRole('button', { name: 'Choose a folder' }).click();
  await expect(async () => expect(await finishedOf(page, 90)).toBeGreaterThan(10)).toPass({ intervals: [100] });
  const before = await asked(page);
  await page.reload();
  await expect(page.getByText('90 photos done', { exact: true })).toBeVisible({ timeout: 60_000 });
  // At most the two that were being computed at the reload are computed again.
  expect(before + (await asked(page))).toBeLessThanOrEqual(92);

  await page.getByRole('button', { name: 'Choose where…' }).click();
  await expect(page.getByText('90 photos copied into “sorted by class”.')).toBeVisible();
  const copied = await page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const out = await (await root.getDirectoryHandle('out')).getDirectoryHandle('sorted by class');
    const sizes: Record<string, number> = {};
    for await (const [name, folder] of out.entries()) {
      for await (const [file, handle] of (folder as FileSystemDirectoryHandle).entries()) {
        sizes[`${name}/${file}`] = (await (handle as FileSystemFileHandle).getFile()).size;
      }
    }
    return sizes;
  });
  const expected = Object.fromEntries(
    [...photos(90)].map(([path, bytes]) => [`no class/${path.replace('alps/', '')}`, bytes.length]),
  );
  expect(copied).toEqual(expected);
});

test.describe('where the ImageNet labels were chosen and cannot be had', () => {
  test.use({ imagenet: 'unavailable' });

  test('without the labels it says so before it starts, and other classes can be chosen', async ({ page }, info) => {
    const folder = folderOf(info, new Map([...photos(3), ['broken.png', Buffer.from('no image at all')]]));
    await open(page, IMAGENET_CHOSEN);
    await expect(page.getByRole('heading', { name: /Drop a folder/ })).toBeVisible();
    await noAxeViolations(page);
    await choose(page, folder);
    await expect(page.getByRole('alert')).toContainText('ImageNet’s names could not be fetched.');
    expect(await asked(page)).toBe(0);
    await page.getByLabel('Classes').selectOption('none');
    await page.getByRole('button', { name: 'New batch', exact: true }).click();
    await expect(page.getByText('4 photos done', { exact: true })).toBeVisible();
    await expect(page.getByText('1 photo could not be read')).toBeVisible();
    await page.getByLabel('Show', { exact: true }).selectOption('failed');
    await expect(rows(page)).toHaveCount(1);
    await expect(rows(page)).toContainText('broken.png');
    await noAxeViolations(page);
  });

  test(
    'a network that never answers: the batch says so after some seconds instead of waiting',
    LONG,
    async ({ page }, info) => {
      await page.context().route(/^https:\/\/storage\.googleapis\.com\//, () => new Promise<void>(() => {}));
      await open(page, IMAGENET_CHOSEN);
      await choose(page, folderOf(info, photos(3)));
      await expect(page.getByRole('alert')).toContainText('The ImageNet labels are slow to come');
      expect(await asked(page)).toBe(0);
      await page.getByLabel('Classes').selectOption('none');
      await page.getByRole('button', { name: 'New batch', exact: true }).click();
      await expect(page.getByText('3 photos done', { exact: true })).toBeVisible();
    },
  );
});

test.describe('with the labels', () => {
  test.skip(!hasShared, NO_SHARED);
  test.use({ imagenet: 'available' });

  test('classes: sorted, filtered, walked by keys, opened in Classify, added to a class; also on a phone', async ({
    page,
  }, info) => {
    const folder = folderOf(info, photos(40));
    await open(page, IMAGENET_CHOSEN);
    await choose(page, folder);
    await expect(page.getByText('40 photos done', { exact: true })).toBeVisible({ timeout: 60_000 });
    const table = page.getByRole('table', { name: 'Results' });
    const scores = async () =>
      (await rows(page).locator('[role=cell]:nth-child(4)').allTextContents()).map((text) => Number.parseFloat(text));

    await page.getByRole('button', { name: 'Score' }).click();
    await expect(page.getByRole('columnheader', { name: 'Score' })).toHaveAttribute('aria-sort', 'ascending');
    const up = await scores();
    expect(up.length).toBeGreaterThan(10);
    expect(up).toEqual(up.toSorted((a, b) => a - b));
    await page.getByRole('button', { name: 'Score' }).click();
    await expect(page.getByRole('columnheader', { name: 'Score' })).toHaveAttribute('aria-sort', 'descending');
    const down = await scores();
    expect(down).toEqual(down.toSorted((a, b) => b - a));

    const limit = Math.round(down[5] ?? 0);
    await page.getByLabel('Lowest score, percent').fill(String(limit));
    const above = await scores();
    expect(above.length).toBeGreaterThan(0);
    expect(above.length).toBeLessThan(40);
    expect(Math.min(...above)).toBeGreaterThanOrEqual(limit - 0.05);
    await page.getByRole('button', { name: 'Show all' }).click();
    const option = page.getByLabel('Show', { exact: true }).locator('option').nth(1);
    const [, label = '', number = ''] = /^(.*) \((\d+)\)$/.exec((await option.textContent()) ?? '') ?? [];
    await page.getByLabel('Show', { exact: true }).selectOption({ index: 1 });
    await expect(table).toHaveAttribute('aria-rowcount', String(Number(number) + 1));
    for (const text of await rows(page).locator('[role=cell]:nth-child(3)').allTextContents()) expect(text).toBe(label);
    await page.getByRole('button', { name: 'Show all' }).click();

    // Two rows with the keys, from the one that has the tab stop.
    await rows(page).first().getByRole('button').focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Shift+ArrowDown');
    await expect(rows(page).nth(1).getByRole('button')).toBeFocused();
    await expect(rows(page).locator('input:checked')).toHaveCount(2);
    await page.keyboard.press('End');
    await expect(table.locator('[aria-rowindex="41"]').getByRole('button')).toBeFocused();
    await page.getByLabel('Called').fill('round things');
    await page.getByRole('button', { name: 'Add 2 photos to “round things”' }).click();
    await expect(page.getByText('2 photos added to “round things”.')).toBeVisible();
    // All that the head is unsure of, in one click; those that have a class are not offered again.
    await page.getByLabel('Select photos with a score below, percent').fill('100');
    await page.getByRole('button', { name: /^Add the 38 below 100\s%\sto “round things”$/ }).click();
    await expect(page.getByText('38 photos added to “round things”.')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Add photos to “round things”' })).toBeDisabled();
    await noAxeViolations(page);
    await page.getByRole('button', { name: 'Open Fine-tune' }).click();
    await expect(page.getByText('round things').first()).toBeVisible();

    await page.getByRole('tab', { name: 'Batch' }).click();
    await expect(page.getByRole('columnheader', { name: 'Score' })).toHaveAttribute('aria-sort', 'descending');
    await page.setViewportSize({ width: 390, height: 844 });
    await noSidewaysScroll(page);
    await noAxeViolations(page);
    await page.setViewportSize({ width: 1280, height: 800 });
    const name = await rows(page).first().getByRole('button').textContent();
    await rows(page).first().getByRole('button').press('Enter');
    await expect(page.getByRole('tab', { name: 'Classify' })).toHaveAttribute('aria-selected', 'true');
    await expect(page.locator('[role=option][data-status=done]')).toContainText(name ?? '');
  });
});
