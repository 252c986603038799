import type { Page } from '@playwright/test';
import { withCamera, y4m } from './fakeCamera.ts';
import { expect } from './fixtures.ts';
import { headline, open } from './projectSteps.ts';
import { png } from './png.ts';
import { writeFiles } from './tinyImages.ts';

const WIDTH = 320;
const HEIGHT = 240;
const FPS = 10;
/** Seconds for which the camera sees each of its two pictures. */
const EACH_S = 2;

/** One picture in Y4M's planes: Y of every pixel, then U and V of every second in each direction, wide stripes of a colour. */
function frame(u: number, v: number, step: number): Buffer {
  const luma = Buffer.alloc(WIDTH * HEIGHT);
  for (let y = 0; y < HEIGHT; y++)
    for (let x = 0; x < WIDTH; x++) luma[y * WIDTH + x] = (x + y * (u > v ? 1 : -1) + 3 * step) % 64 < 32 ? 120 : 90;
  const chroma = (WIDTH / 2) * (HEIGHT / 2);
  return Buffer.concat([luma, Buffer.alloc(chroma, u), Buffer.alloc(chroma, v)]);
}

/** A video of red stripes and then blue ones. */
function video(): Buffer {
  const frames = Array.from({ length: 2 * EACH_S * FPS }, (_, i) =>
    i < EACH_S * FPS ? frame(90, 230, i) : frame(230, 90, i),
  );
  return y4m(WIDTH, HEIGHT, FPS, frames);
}

/** A page whose camera is the video. */
const test = withCamera('stripes', video);

/** Two classes, red and blue stripes, trained. */
async function trained(page: Page, folder: string): Promise<void> {
  const striped = (red: boolean, i: number) =>
    png(80 + i, 60, (x, y) => {
      const light = (x + y * (red ? 1 : -1) + 9 * i) % 32 < 16 ? 1 : 0.7;
      return red ? [255 * light, 30, 40] : [20, 40, 255 * light];
    });
  const photos = Array.from(
    { length: 12 },
    (_, i) => [`${i % 2 ? 'red' : 'blue'}/${i}.png`, striped(i % 2 === 1, i)] as const,
  );
  writeFiles(folder, new Map(photos));
  await open(page);
  await page.getByLabel('Folder of class folders').setInputFiles(folder);
  await page.getByRole('region', { name: 'Options' }).getByRole('button', { name: 'Train', exact: true }).click();
  await expect(headline(page)).toBeVisible();
}

test('the answer moves with the camera, a frame is frozen and kept, and Fine-tune shows it beside the burst', async ({
  page,
}, info) => {
  test.setTimeout(180_000);
  await trained(page, info.outputPath('stripes'));

  await page.getByRole('tab', { name: 'Classify' }).click();
  await page.getByRole('button', { name: 'Camera…' }).click();
  const camera = page.getByRole('dialog', { name: 'Camera' });
  const best = camera.getByRole('list', { name: 'Best classes' }).getByRole('listitem').first();
  await expect(best).toContainText('red');
  await expect(camera.getByText(/answers a second/)).toBeVisible();
  await expect(best).toContainText('blue', { timeout: 20_000 });
  await expect(best).toContainText('red', { timeout: 20_000 });
  process.stdout.write(`camera: ${await camera.getByText(/answers a second/).textContent()}\n`);
  await expect(camera.getByRole('region', { name: 'Pyramid' })).toContainText('1×1');

  // Frozen: the answer stands, longer than the camera shows one colour.
  await camera.getByRole('button', { name: 'Freeze' }).click();
  await expect(camera.getByText('Frozen')).toBeVisible();
  const stands = await best.textContent();
  await page.waitForTimeout(1000 * (EACH_S + 1));
  expect((await best.textContent())?.slice(0, 3)).toBe(stands?.slice(0, 3));
  await camera.getByRole('button', { name: 'Keep as a photo' }).click();
  await expect(camera.getByText('1 photo added to the list')).toBeVisible();
  await camera.getByRole('button', { name: 'Go on' }).click();
  await expect(camera.getByText(/answers a second/)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.locator('[role=option][data-status=done]')).toContainText(stands?.slice(0, 3) ?? '');

  // Into a class, with what the last run says beside it.
  await page.getByRole('tab', { name: 'Fine-tune' }).click();
  await page.getByRole('button', { name: 'What to do with red' }).click();
  await page.getByRole('menuitem', { name: 'Camera burst' }).click();
  const says = page.getByRole('region', { name: 'What the last run says' }).getByRole('listitem').first();
  await expect(says).toContainText('blue', { timeout: 20_000 });
  await expect(says).toContainText('red', { timeout: 20_000 });
  const hold = page.getByRole('button', { name: 'Hold to take photos' });
  await hold.hover();
  await page.mouse.down();
  await expect(page.getByRole('dialog').getByText(/^[3-9] photos$/)).toBeVisible();
  await page.mouse.up();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: /^red (?!6 )\d+ photos/ })).toBeVisible();
});

test('a camera that is closed in an empty project leaves nothing behind; its first burst makes a class to be named', async ({
  page,
}) => {
  await open(page);
  await page.getByRole('button', { name: 'Camera', exact: true }).click();
  const hold = page.getByRole('button', { name: 'Hold to take photos' });
  await expect(hold).toBeEnabled();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Try the built-in example' })).toBeVisible();
  await expect(page.locator('[data-class-button]')).toHaveCount(0);

  await page.getByRole('button', { name: 'Camera', exact: true }).click();
  await expect(hold).toBeEnabled();
  await hold.hover();
  await page.mouse.down();
  await expect(page.getByRole('dialog').getByText(/^[2-9] photos$/)).toBeVisible();
  await page.mouse.up();
  await expect(page.getByRole('button', { name: /^All photos [1-9] photo/, includeHidden: true })).toBeAttached();
  await page.keyboard.press('Escape');
  const name = page.getByRole('textbox', { name: 'Name of the class' });
  await expect(name).toBeFocused();
  await name.fill('stripes');
  await name.press('Enter');
  await expect(page.getByRole('button', { name: /^stripes [1-9] photo/ })).toBeVisible();
});
