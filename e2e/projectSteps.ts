import type { Page, TestInfo } from '@playwright/test';
import { expect } from './fixtures.ts';
import { png } from './png.ts';
import { storedProjects } from './storedProjects.ts';
import { tinyPng, writeFiles } from './tinyImages.ts';

export interface Upload {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** A small picture unlike all others. */
export function picture(n: number, side = 40): Upload {
  const buffer = png(side + (n % 7), side, (x, y) => [(x * (n + 3)) % 256, (y * (n * 5 + 1)) % 256, (n * 37) % 256]);
  return { name: `photo-${n}.png`, mimeType: 'image/png', buffer };
}

/** A picture of about a megabyte, which no packing makes smaller. */
export function noise(n: number): Upload {
  let state = n + 1;
  const next = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) >>> 24;
  return { name: `noise-${n}.png`, mimeType: 'image/png', buffer: png(600, 600, () => [next(), next(), next()]) };
}

export async function open(page: Page, tab: 'finetune' | 'projects' | 'classify' = 'finetune'): Promise<void> {
  await page.goto(`./?backend=wasm#${tab}`);
  await expect(page.getByText('Opening your project…')).toHaveCount(0);
}

/** Adds loose photos; where that makes a class, its name is asked for and stays as proposed. */
export async function addPhotos(page: Page, files: Upload[]): Promise<void> {
  await page.locator('input[type=file][aria-label^="Photos or a zip"]').first().setInputFiles(files);
  const name = page.getByRole('textbox', { name: 'Name of the class' });
  await name.press('Enter', { timeout: 2_000 }).catch(() => {});
}
export const classButtons = (page: Page) => page.locator('[data-class-button]');
export const allPhotos = (page: Page, count: number) => page.getByRole('button', { name: `All photos ${count} photo` });

export async function showTab(page: Page, name: string): Promise<void> {
  await page.getByRole('tab', { name }).click();
  await expect(page.getByRole('tab', { name, selected: true })).toBeVisible();
  await expect(page.getByText(/^Opening .*…$/)).toHaveCount(0);
}

/** Classes in order with their counts: "rose 3 photos". */
export async function shownClasses(page: Page): Promise<string[]> {
  const texts = await classButtons(page).allTextContents();
  return texts.slice(1).map((text) => text.replace(/−.*$/, '').trim());
}

/** Waits until everything that was done is kept, as the page says. */
export async function kept(page: Page, photos: number): Promise<void> {
  await expect
    .poll(async () =>
      (await storedProjects(page)).reduce(
        (sum, project) => sum + project.photos.filter(({ className }) => className !== null).length,
        0,
      ),
    )
    .toBe(photos);
}

export const keptVectors = (page: Page) =>
  page.evaluate(async () => {
    let count = 0;
    for await (const [name, folder] of await navigator.storage.getDirectory()) {
      if (!name.startsWith('vectors-')) continue;
      for await (const _file of (folder as FileSystemDirectoryHandle).keys()) count++;
    }
    return count;
  });

export async function menu(page: Page, project: string, item: string): Promise<void> {
  await page.getByRole('button', { name: `What to do with ${project}` }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

/** Leaves the page's origin `room` bytes more than it uses now. @returns takes the limit away */
export async function limitRoom(page: Page, room: number): Promise<() => Promise<void>> {
  const session = await page.context().newCDPSession(page);
  const { origin } = new URL(page.url());
  const used = await page.evaluate(async () => (await navigator.storage.estimate()).usage ?? 0);
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: used + room });
  return async () => {
    await session.send('Storage.overrideQuotaForOrigin', { origin });
  };
}

/** What the page says where not everything fits. */
export const notKept = (page: Page) => page.getByRole('alert').filter({ hasText: 'Not everything is kept' });

/** In Fine-tune: adds a folder of two classes, red and blue, with `count` small photos in all, and begins a training. */
export async function trainHere(page: Page, info: TestInfo, count: number, slow = false): Promise<void> {
  const folder = info.outputPath('shapes');
  const photos = Array.from(
    { length: count },
    (_, i) => [`${i % 2 ? 'red' : 'blue'}/${i}.png`, tinyPng(50, 40, i)] as const,
  );
  writeFiles(folder, new Map(photos));
  await page.getByLabel('Folder of class folders').setInputFiles(folder);
  if (slow) await learnSlowly(page);
  await page.getByRole('button', { name: 'Train', exact: true }).first().click();
}

/** Options with which a few photos take long enough to learn for a person to press something: ten times as many numbers a photo, many epochs. */
export async function learnSlowly(page: Page): Promise<void> {
  await page.getByText('Pyramid, size and split').click();
  await page.getByLabel('Features', { exact: true }).selectOption('paper');
  await page.getByText('Advanced', { exact: true }).click();
  for (const [label, value] of [
    ['Epochs', '1000'],
    ['Batch size', '1'],
  ] as const) {
    await page.getByLabel(label).fill(value);
    await page.getByLabel(label).press('Tab');
  }
}

/** Opens Fine-tune and begins a training there, see {@link trainHere}. */
export async function trainTwoClasses(page: Page, info: TestInfo, count: number, slow = false): Promise<void> {
  await open(page);
  await trainHere(page, info, count, slow);
}

/** How well a trained head does. */
export const headline = (page: Page) =>
  page.getByText(/^Right on \d+ of \d+ photos? it had never seen \(\d+ %\)$/).first();
