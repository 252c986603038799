import type { Page } from '@playwright/test';
import { choose, folderOf, open, photos, rows, stopAfter } from './batchSteps.ts';
import { expect, test } from './fixtures.ts';
import { tinyPng, writeFiles } from './tinyImages.ts';

const SECOND = new Map(Array.from({ length: 5 }, (_, i) => [`second ${i}.png`, tinyPng(60, 50 + i, 90 + i)] as const));

/** Puts photos into a folder of the page's own file system, which stands for one that is chosen: the picker cannot be driven. */
async function putFolder(page: Page, folder: string, files: Map<string, Buffer>): Promise<void> {
  const contents = [...files].map(([path, bytes]) => [path, bytes.toString('base64')] as const);
  await page.evaluate(
    async ({ name, contents }) => {
      const root = await (await navigator.storage.getDirectory()).getDirectoryHandle(name, { create: true });
      for (const [path, base64] of contents) {
        let folder = root;
        const parts = path.split('/');
        const file = parts.pop() ?? '';
        for (const part of parts) folder = await folder.getDirectoryHandle(part, { create: true });
        const stream = await (await folder.getFileHandle(file, { create: true })).createWritable();
        await stream.write(Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)));
        await stream.close();
      }
    },
    { name: folder, contents },
  );
}

/** The person picks this folder of the page's own file system from now on. */
const pick = (page: Page, folder: string) => page.evaluate((name) => sessionStorage.setItem('picked', name), folder);

test('a folder is stopped, the page reloaded, another folder added: at the end all photos of both are done', async ({
  page,
}) => {
  await page.addInitScript(() => {
    const showDirectoryPicker = async () => {
      const root = await navigator.storage.getDirectory();
      return root.getDirectoryHandle(sessionStorage.getItem('picked') ?? '');
    };
    Object.assign(window, { showDirectoryPicker });
  });
  await open(page);
  await putFolder(page, 'first', photos(90));
  await putFolder(page, 'second', SECOND);
  await pick(page, 'first');
  await page.getByRole('button', { name: 'Choose a folder' }).click();
  expect(await stopAfter(page, 90, 5)).toBeLessThan(90);
  await page.reload();
  await expect(page.getByRole('button', { name: 'Go on' })).toBeVisible();

  await pick(page, 'second');
  // Dropping is what a person does here; the picker is offered once a batch is done or cannot go on.
  await page.evaluate(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([], 'folder'));
    DataTransferItem.prototype.webkitGetAsEntry = () => ({ isDirectory: true }) as FileSystemEntry;
    Object.assign(DataTransferItem.prototype, {
      getAsFileSystemHandle: () => (window as unknown as { showDirectoryPicker: () => unknown }).showDirectoryPicker(),
    });
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
  });
  await page.getByRole('button', { name: 'Add to this batch' }).click();
  await expect(page.getByText('95 photos done', { exact: true })).toBeVisible({ timeout: 60_000 });
  await page.reload();
  await expect(page.getByText('95 photos done', { exact: true })).toBeVisible();
});

test('where the browser does not know folders again, the first one is asked for by its name until it is done', async ({
  page,
}, info) => {
  const first = folderOf(info, photos(90), 'first');
  const second = folderOf(info, SECOND, 'second');
  await open(page);
  await choose(page, first);
  const done = await stopAfter(page, 90, 5);
  await page.reload();
  await expect(page.getByText(`${done} of 90 done: choose the same folder to go on`)).toBeVisible();
  await choose(page, second);
  await page.getByRole('button', { name: 'Add to this batch' }).click();
  await expect(page.getByText(`${done + 5} photos done: choose the same folder to go on`)).toBeVisible();
  await page.reload();
  await expect(page.getByText(`${done + 5} photos done: choose the same folder to go on`)).toBeVisible();
  await choose(page, first);
  await expect(page.getByText('95 photos done', { exact: true })).toBeVisible({ timeout: 60_000 });
});

test('what is dropped and cannot be opened is a failed row in Batch, and in the other tabs a notice that names it', async ({
  page,
}, info) => {
  const folder = info.outputPath('dropped');
  writeFiles(folder, new Map(['a.png', 'locked.png'].map((name, i) => [name, tinyPng(50, 40, i)])));
  await page.addInitScript(() => {
    const { webkitGetAsEntry } = DataTransferItem.prototype;
    DataTransferItem.prototype.webkitGetAsEntry = function () {
      const entry = webkitGetAsEntry.call(this);
      if (entry?.name !== 'locked.png') return entry;
      const file = (_: unknown, reject: (error: Error) => void) =>
        reject(new DOMException('Permission denied.', 'NotReadableError'));
      return Object.assign(entry, { file });
    };
  });
  const drop = async () => {
    const session = await page.context().newCDPSession(page);
    const data = { items: [], files: [`${folder}/a.png`, `${folder}/locked.png`], dragOperationsMask: 1 };
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      await session.send('Input.dispatchDragEvent', { type, x: 640, y: 400, data });
    }
  };
  await open(page);
  await expect(page.getByText('Drop a folder of thousands')).toBeVisible();
  await drop();
  await expect(page.getByText('2 photos done', { exact: true })).toBeVisible();
  await expect(page.getByText('1 photo could not be read')).toBeVisible();
  await expect(rows(page).filter({ hasText: '“locked.png” could not be opened (Permission denied.)' })).toHaveCount(1);

  const notice = '“locked.png” could not be opened and was left out: Permission denied.';
  await page.getByRole('tab', { name: 'Classify' }).click();
  await drop();
  await expect(page.getByText(notice)).toBeVisible();
  await expect(page.locator('[role=option]')).toHaveCount(1);
  await page.getByRole('tab', { name: 'Fine-tune' }).click();
  await expect(page.getByText('Drop folders of photos')).toBeVisible();
  await drop();
  await expect(page.locator('[role=option]')).toHaveCount(1);
  await expect(page.getByRole('region', { name: 'Classes' }).getByText(notice)).toBeVisible();
});
