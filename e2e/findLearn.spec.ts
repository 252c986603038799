/** Learning by rounds in the Find tab: training held and gone on with, runs compared, boxes suggested, the camera. One page, one small finder. */
import type { Page } from '@playwright/test';
import { drawFindScene, type FindScene, findScenes } from '../src/core/find/scenes.ts';
import { drawnScenes } from './drawnScenes.ts';
import { planes, withCamera, y4m } from './fakeCamera.ts';
import { expect, LONG } from './fixtures.ts';
import type { Upload } from './projectSteps.ts';

const SCENES = 12;
/** The others have no boxes, and are not looked at yet. */
const BOXED = 9;

/** The camera stands in front of a drawn scene that nothing was learned from. */
function scene(): Buffer {
  const [own] = findScenes(1, 9) as [FindScene];
  const { data, width, height } = drawFindScene(own);
  const [w, h] = [width - (width % 2), height - (height % 2)];
  const frame = planes(w, h, (x, y) => {
    const at = 3 * (y * width + x);
    return [255 * (data[at] ?? 0), 255 * (data[at + 1] ?? 0), 255 * (data[at + 2] ?? 0)];
  });
  return y4m(w, h, 10, Array<Buffer>(20).fill(frame));
}

const test = withCamera('scene', scene);

function files(): Upload[] {
  const scenes = drawnScenes(SCENES);
  const name = (i: number) => `scene-${String(i + 1).padStart(2, '0')}.png`;
  const labels = ['star', 'target'];
  const boxed = scenes.slice(0, BOXED);
  const coco = {
    images: boxed.map(({ width, height }, i) => ({ id: i + 1, file_name: name(i), width, height })),
    categories: labels.map((label, i) => ({ id: i + 1, name: label })),
    annotations: boxed.flatMap(({ boxes }, i) =>
      boxes.map(({ label, box: [left, top, right, bottom] }) => ({
        image_id: i + 1,
        category_id: labels.indexOf(label) + 1,
        bbox: [left, top, right - left, bottom - top],
      })),
    ),
  };
  return [
    ...scenes.map(({ png }, i) => ({ name: name(i), mimeType: 'image/png', buffer: Buffer.from(png, 'base64') })),
    { name: 'boxes.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(coco)) },
  ];
}

const view = (page: Page, name: string) => page.getByRole('tab', { name, exact: true }).click();

test(
  'a training is held and goes on, runs are compared, suggestions are taken by keys, the camera has boxes',
  LONG,
  async ({ page }) => {
    test.setTimeout(180_000);
    await page.goto('./?backend=wasm#find');
    await page.getByLabel('Photos, boxes or a zip to find things in').setInputFiles(files());
    await page.getByRole('dialog', { name: 'Boxes were imported' }).getByRole('button', { name: 'Done' }).click();

    await view(page, 'Train');
    await page.getByText('Details', { exact: true }).click();
    await page.getByLabel('Shorter side').fill('160');
    await page.getByLabel('Proposals of a photo').fill('150');
    await page.getByLabel('Proposals of a photo').blur();
    await page.getByRole('button', { name: 'Train', exact: true }).click();
    await page.getByRole('button', { name: 'Pause' }).click();
    const said = page.getByRole('status').filter({ hasText: /^Paused\./ });
    await expect(said).toBeVisible();
    const photo = async () => Number(/photo (\d+) of/.exec((await said.textContent()) ?? '')?.[1] ?? Number.NaN);
    const held = await photo();
    // The photo at work comes to its end; no other begins by itself.
    await page.waitForTimeout(1500);
    expect(await photo()).toBeLessThanOrEqual(held + 1);
    await page.getByRole('button', { name: 'Resume' }).click();
    const headline = page.getByText(/^Finds \d+ of \d+ things in \d+ photos? it had never seen/).first();
    await expect(headline).toBeVisible({ timeout: 90_000 });

    // Another run beside it.
    await view(page, 'Train');
    await page.getByLabel('Rounds of hard negatives').fill('0');
    await page.getByLabel('Rounds of hard negatives').blur();
    await page.getByRole('button', { name: 'Train again' }).click();
    await expect(headline).toBeVisible({ timeout: 90_000 });
    await view(page, 'Train');
    await page.getByRole('button', { name: 'What to do with Finder 1' }).click();
    await page.getByRole('menuitem', { name: 'Compare with the shown one' }).click();
    const compared = page.getByRole('region', { name: 'Two runs side by side' });
    await expect(compared.getByRole('columnheader', { name: 'Finder 2' })).toBeVisible();
    await expect(compared.getByRole('row', { name: /^Hard negatives/ })).toContainText(/[02] rounds.*[02] rounds/);
    await compared.getByRole('button', { name: 'Back to one' }).click();
    await expect(page.getByText(/stale/)).toHaveCount(0);

    // The finder proposes, the keys decide.
    await view(page, 'Boxes');
    const suggest = page.getByRole('group', { name: 'Suggested boxes' });
    await suggest.getByRole('button', { name: 'Suggest boxes' }).click();
    await expect(suggest.getByText(/photos? with suggestions/)).toBeVisible({ timeout: 60_000 });
    const suggested = page.getByRole('button', { name: /^Suggested box: / });
    const drawn = page.getByRole('button', { name: /^Box: / });
    await expect(suggested.first()).toHaveAttribute('aria-pressed', 'true');
    const count = await suggested.count();
    await page.getByRole('application').focus();
    await page.keyboard.press('Enter');
    await expect(drawn).toHaveCount(1);
    await expect(suggested).toHaveCount(count - 1);
    for (let left = count - 1; left > 0; left--) {
      await page.keyboard.press('Delete');
      await expect(suggested).toHaveCount(left - 1);
    }
    await expect(drawn).toHaveCount(1);
    await page.keyboard.press('Control+z');
    await expect(page.getByRole('application', { name: /, 0 boxes/ })).toBeVisible();
    await page.keyboard.press('Control+Shift+z');
    await expect(page.getByRole('application', { name: /, 1 box\./ })).toBeVisible();

    await view(page, 'Results');
    await expect(page.getByText(/This run is stale: 1 photo more to learn from since\./)).toBeVisible();
    await page.getByRole('button', { name: 'Find with the camera' }).click();
    const camera = page.getByRole('dialog');
    await expect(camera.getByText(/^[1-9]\d* box(es)?, .*answers?/)).toBeVisible({ timeout: 30_000 });
    process.stdout.write(`camera of Find: ${await camera.getByText(/box(es)?, .*answers?/).textContent()}\n`);
    await expect(camera.getByText(/^(star|target) \d+ %$/).first()).toBeVisible();
    await camera.getByRole('slider', { name: 'Shown from' }).fill('0.99');
    await expect(camera.getByText(/^0 boxes/)).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(camera).toHaveCount(0);
  },
);
