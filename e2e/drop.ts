import type { Page } from '@playwright/test';
import type { Upload } from './projectSteps.ts';

/** Drops files on the page, from the disk or as they are given, all in one drop, as a person would from a folder. */
export async function dropFiles(page: Page, files: string[] | Upload[]): Promise<void> {
  await page.evaluate(() => {
    const input = document.createElement('input');
    input.type = 'file';
    input.multiple = true;
    input.id = 'e2e-files';
    input.hidden = true;
    document.body.append(input);
  });
  await page.locator('#e2e-files').setInputFiles(files);
  await page.evaluate(() => {
    const input = document.querySelector<HTMLInputElement>('#e2e-files');
    const transfer = new DataTransfer();
    for (const file of input?.files ?? []) transfer.items.add(file);
    input?.remove();
    for (const type of ['dragenter', 'dragover', 'drop']) {
      document.body.dispatchEvent(new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true }));
    }
  });
}

/** Drops images that the page draws itself: noise-free shapes, each of its own size. */
export async function dropDrawn(page: Page, sizes: [width: number, height: number][]): Promise<void> {
  await page.evaluate(async (sizes) => {
    const transfer = new DataTransfer();
    for (const [i, [width, height]] of sizes.entries()) {
      const canvas = new OffscreenCanvas(width, height);
      const context = canvas.getContext('2d');
      if (!context) throw new Error('no canvas');
      context.fillStyle = `hsl(${i * 37} 60% 60%)`;
      context.fillRect(0, 0, width, height);
      context.fillStyle = '#124';
      context.beginPath();
      context.ellipse(width * 0.3, height * 0.4, width / 6, height / 5, 0, 0, 7);
      context.fill();
      const blob = await canvas.convertToBlob();
      transfer.items.add(new File([blob], `drawn-${i + 1}.png`, { type: 'image/png' }));
    }
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
  }, sizes);
}
