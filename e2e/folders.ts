import type { Page } from '@playwright/test';

/** Drags files and folders from the disk onto a place of the page, as the browser itself does it. */
export async function dropFromDisk(page: Page, files: string[], x: number, y: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files, dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x, y, data });
  }
}
