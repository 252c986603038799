import { expect, type Page, type TestInfo } from '@playwright/test';
import { tinyPng, writeFiles } from './tinyImages.ts';

export const FORMULA = '=1+1.png';
export const ODD = 'Ünïcode, “quoted”.png';

/** Small photos of many shapes, by path. */
export function photos(count: number): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  for (let i = 0; i < count; i++) {
    const name = i === 0 ? FORMULA : i === 1 ? ODD : `IMG_${i}.png`;
    files.set(i % 3 === 2 ? `alps/${name}` : name, tinyPng(40 + ((i * 7) % 51), 40 + ((i * 11) % 51), i));
  }
  return files;
}

export function folderOf(info: TestInfo, files: Map<string, Buffer>, name = 'holiday'): string {
  const folder = info.outputPath(name);
  writeFiles(folder, files);
  return folder;
}

/** Opens the tab; native sizes, as photos this small are quickest so. Every photo that the engine is asked for is counted. */
export async function open(page: Page, settings: object = { head: 'none' }): Promise<void> {
  await page.addInitScript((settings) => {
    const policy = { kind: 'native', maxPixels: 1_000_000 };
    if (!localStorage.getItem('anysize.settings')) {
      localStorage.setItem('anysize.settings', JSON.stringify({ policy, ...settings }));
    }
    const counted = { analyse: 0 };
    Object.assign(window, { counted });
    const { postMessage } = Worker.prototype;
    Worker.prototype.postMessage = function (this: Worker, ...args: unknown[]) {
      // Comlink's call of a method.
      const { path } = args[0] as { path?: string[] };
      if (path?.[0] === 'analyse') counted.analyse++;
      return postMessage.apply(this, args as Parameters<typeof postMessage>);
    };
  }, settings);
  await page.goto('./?backend=wasm#batch');
}

export const asked = (page: Page) =>
  page.evaluate(() => (window as unknown as { counted: { analyse: number } }).counted.analyse);
export const choose = (page: Page, folder: string) =>
  page.getByLabel('Folder of photos for the batch').setInputFiles(folder);
export const rows = (page: Page) => page.locator('[role=row][data-row]');

export async function finishedOf(page: Page, total: number): Promise<number> {
  const text = await page
    .getByText(new RegExp(`\\d+ of ${total} (photos|done)`))
    .first()
    .textContent();
  return Number(/(\d+) of/.exec(text ?? '')?.[1]);
}

/**
 * Stops the batch as soon as more than `least` of its photos are done; from within the page, since so small photos may all be done before a click
 * from outside arrives.
 * @returns how many are done
 */
export async function stopAfter(page: Page, total: number, least: number): Promise<number> {
  await page.evaluate(
    ([total, least]) =>
      new Promise<void>((resolve) => {
        const look = () => {
          const [, done = 0] = new RegExp(`(\\d+) of ${total} (?:photos|done)`).exec(document.body.textContent) ?? [];
          const stop = [...document.querySelectorAll('button')].find(({ textContent }) => textContent === 'Stop');
          if (Number(done) <= least || !stop) return;
          watch.disconnect();
          stop.click();
          resolve();
        };
        const watch = new MutationObserver(look);
        watch.observe(document.body, { subtree: true, childList: true, characterData: true });
        look();
      }),
    [total, least] as const,
  );
  await expect(page.getByRole('button', { name: 'Go on' })).toBeVisible();
  return finishedOf(page, total);
}
