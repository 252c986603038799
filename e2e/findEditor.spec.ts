import type { Page } from '@playwright/test';
import { noAxeViolations, noSidewaysScroll } from './accessibility.ts';
import { dropDrawn } from './drop.ts';
import { expect, test } from './fixtures.ts';
import { png } from './png.ts';

/** Of the ellipse that `dropDrawn` draws into a photo of 400 × 300. */
const ELLIPSE = { x: 0.3, y: 0.4, width: 400 / 3, height: 120 };

async function openPhotos(page: Page): Promise<void> {
  await page.goto('./?backend=wasm#find');
  await page.getByText(/then draw boxes around your things/).waitFor();
  await dropDrawn(page, [
    [400, 300],
    [300, 400],
  ]);
  await page.getByRole('application', { name: /^drawn-1\.png/ }).waitFor();
}

/** A square in a square on plain ground, 80 and 200 wide in a photo of 400 × 300. */
const nested = (shade: number) =>
  png(400, 300, (x, y) => {
    const within = (left: number, top: number, side: number) =>
      x >= left && x < left + side && y >= top && y < top + side;
    if (within(140, 110, 80)) return [20, 40, 120];
    return within(80, 50, 200) ? [210, 90, 40] : [90, 120, 50 + shade];
  });

const boxes = (page: Page) => page.getByRole('button', { name: /^Box: / });

/** Where the photo lies on the screen, and how many pixels it takes for one of its own. */
async function photoOnScreen(page: Page) {
  const box = await page.getByRole('application').locator('img').boundingBox();
  if (!box) throw new Error('The photo cannot be seen.');
  return box;
}

/** Size and place of a box in pixels of a photo that is 400 wide. */
async function boxPixels(page: Page, at: number) {
  const photo = await photoOnScreen(page);
  const rect = await boxes(page).nth(at).locator('rect').last().boundingBox();
  if (!rect) throw new Error('The box cannot be seen.');
  const scale = photo.width / 400;
  // The outline is 2 px, or 3 where it is selected, and counts here.
  return {
    left: (rect.x - photo.x) / scale,
    top: (rect.y - photo.y) / scale,
    width: rect.width / scale,
    height: rect.height / scale,
  };
}

test('boxes are drawn, taken from proposals, changed and undone over two photos', async ({ page }) => {
  await openPhotos(page);
  const stage = page.getByRole('application');
  const photo = await photoOnScreen(page);
  const at = (x: number, y: number) => [photo.x + x * photo.width, photo.y + y * photo.height] as const;
  const drag = async (from: readonly [number, number], to: readonly [number, number]) => {
    await page.mouse.move(...from);
    await page.mouse.down();
    await page.mouse.move((from[0] + to[0]) / 2, (from[1] + to[1]) / 2);
    await page.mouse.move(...to);
    await page.mouse.up();
  };

  await drag(at(0.9, 0.9), at(0.65, 0.7));
  await page.getByRole('textbox', { name: 'What is in the box?' }).fill('corner');
  await page.keyboard.press('Enter');
  await expect(boxes(page)).toHaveAccessibleName(
    /^Box: corner, lower right, (99|100|101) × (59|60|61) px, 5 % of the photo$/,
  );

  await expect(page.getByText('Looking for things to snap to…')).toBeHidden();
  await page.keyboard.press('Escape');
  await page.mouse.move(...at(ELLIPSE.x, ELLIPSE.y));
  await expect(stage.locator('[data-proposal]')).toBeVisible();
  await page.mouse.click(...at(ELLIPSE.x, ELLIPSE.y));
  await expect(boxes(page)).toHaveCount(2);
  const snapped = await boxPixels(page, 1);
  expect(Math.abs(snapped.width - ELLIPSE.width)).toBeLessThan(12);
  expect(Math.abs(snapped.height - ELLIPSE.height)).toBeLessThan(12);

  // The corner at the lower right, some pixels off: the handle is larger than it looks.
  const scale = photo.width / 400;
  const corner = [
    photo.x + scale * (snapped.left + snapped.width) + 5,
    photo.y + scale * (snapped.top + snapped.height) + 5,
  ] as const;
  await drag(corner, [corner[0] + 40 * scale, corner[1] + 20 * scale]);
  const resized = await boxPixels(page, 1);
  expect(Math.abs(resized.width - snapped.width - 40)).toBeLessThan(1.5);
  expect(Math.abs(resized.height - snapped.height - 20)).toBeLessThan(1.5);
  expect(resized.left).toBeCloseTo(snapped.left, 2);

  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('ArrowDown');
  const moved = await boxPixels(page, 1);
  expect([moved.left - resized.left, moved.top - resized.top].map(Math.round)).toEqual([10, 1]);

  await page.keyboard.press('Control+d');
  await expect(page.getByRole('application', { name: /^drawn-2\.png, 1 box/ })).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(page.getByRole('application', { name: /^drawn-2\.png, 0 boxes/ })).toBeVisible();
  for (let step = 0; step < 3; step++) await page.keyboard.press('Control+z');
  await expect(page.getByRole('application', { name: /^drawn-1\.png, 2 boxes/ })).toBeVisible();
  expect(Math.abs((await boxPixels(page, 1)).width - snapped.width)).toBeLessThan(1);
  for (let step = 0; step < 4; step++) await page.keyboard.press('Control+Shift+Z');
  await expect(page.getByRole('application', { name: /^drawn-2\.png, 1 box/ })).toBeVisible();
  await noAxeViolations(page);
});

test('the keyboard alone makes a box, moves it, names it and completes the photo', async ({ page }) => {
  await openPhotos(page);
  const said = page.getByRole('region', { name: 'Box editor' }).getByRole('status');
  await page.getByRole('application').focus();
  await page.keyboard.press('Enter');
  await expect(said).toHaveText(/^Box added: middle, 134 × 100 px, 11 % of the photo\. Arrow keys move it/);
  await page.getByRole('textbox', { name: 'What is in the box?' }).fill('ball');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Alt+Shift+ArrowRight');
  await page.keyboard.press('Alt+ArrowUp');
  await expect(boxes(page)).toHaveAccessibleName('Box: ball, middle, 144 × 99 px, 12 % of the photo');
  for (let step = 0; step < 20; step++) await page.keyboard.press('Shift+ArrowUp');
  await expect(said).toHaveText('Box at upper middle, 144 × 99 px, 12 % of the photo.');

  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
  await expect(boxes(page)).toHaveCount(2);
  await page.getByRole('application').focus();
  await page.keyboard.press('Tab');
  await expect(boxes(page).first()).toBeFocused();
  await expect(boxes(page).first()).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('Delete');
  await expect(boxes(page)).toHaveCount(1);
  await page.keyboard.press('Space');
  await expect(page.getByRole('button', { name: 'Complete', exact: true })).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('d');
  await expect(page.getByRole('application', { name: /^drawn-2\.png/ })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Complete', exact: true })).toHaveAttribute('aria-pressed', 'false');
});

test('W draws over a box, digits and the list give a class, the tightest proposal is a key away, a hint needs no box', async ({
  page,
}) => {
  await page.goto('./?backend=wasm#find');
  await page
    .getByLabel('Photos, boxes or a zip to find things in')
    .setInputFiles([1, 2].map((i) => ({ name: `drawn-${i}.png`, mimeType: 'image/png', buffer: nested(i) })));
  await page.getByRole('application', { name: /^drawn-1\.png/ }).waitFor();
  const photo = await photoOnScreen(page);
  const at = (x: number, y: number) => [photo.x + x * photo.width, photo.y + y * photo.height] as const;
  const things = page.getByRole('region', { name: 'Things to find' });
  const name = async (text: string) => {
    await things.getByRole('button', { name: 'Class', exact: true }).click();
    await page.getByRole('textbox', { name: 'Name of the new class' }).fill(text);
    await page.keyboard.press('Enter');
  };
  await name('banana');
  await name('ball');

  // Before there is a finder, a classifier may guess.
  await things.getByRole('button', { name: /^banana/ }).click();
  const suggest = page.getByRole('group', { name: 'Suggested boxes' });
  await suggest.getByRole('button', { name: 'Hint: where might it be?' }).click();
  await expect(
    suggest
      .getByRole('textbox', { name: 'Class to be hinted at' })
      .or(suggest.getByRole('combobox', { name: 'Class to be hinted at' })),
  ).toHaveValue('banana');
  await suggest.getByRole('button', { name: 'Hint', exact: true }).click();
  await expect(suggest.getByText(/^Only a hint/)).toBeVisible();
  await expect(page.getByRole('button', { name: /^Suggested box: banana/ })).toHaveCount(1);
  await page.getByRole('application').focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Delete');
  await expect(page.getByRole('button', { name: /^Suggested box/ })).toHaveCount(0);

  // Shift: the tightest there; [ and ] step from what is shown; a click takes that.
  await expect(page.getByText('Looking for things to snap to…')).toBeHidden();
  const proposal = page.locator('[data-proposal]');
  const width = async () => ((await proposal.boundingBox())?.width ?? 0) / (photo.width / 400);
  await page.mouse.move(...at(0.45, 0.5));
  await expect(proposal).toBeVisible();
  await page.keyboard.down('Shift');
  await expect.poll(async () => Math.abs((await width()) - 80)).toBeLessThan(24);
  await page.keyboard.up('Shift');
  for (let step = 0; step < 4; step++) await page.keyboard.press('[');
  await expect.poll(async () => Math.abs((await width()) - 80)).toBeLessThan(24);
  for (let step = 0; step < 4; step++) await page.keyboard.press(']');
  await expect.poll(async () => Math.abs((await width()) - 200)).toBeLessThan(24);
  await page.mouse.click(...at(0.45, 0.5));
  await expect(boxes(page)).toHaveCount(1);
  await expect(boxes(page).first()).toHaveAccessibleName(/^Box: banana, middle, (18|19|20|21|22)\d × /);

  await page.keyboard.press('2');
  await expect(boxes(page).first()).toHaveAccessibleName(/^Box: ball/);
  await things.getByRole('button', { name: /^banana/ }).click();
  await expect(boxes(page).first()).toHaveAccessibleName(/^Box: banana/);

  // Inside of the box, where a drag would move it.
  await page.getByRole('application').focus();
  await page.keyboard.press('w');
  await page.mouse.move(...at(0.4, 0.4));
  await page.mouse.down();
  await page.mouse.move(...at(0.45, 0.45));
  await page.mouse.move(...at(0.5, 0.55));
  await page.mouse.up();
  await expect(boxes(page)).toHaveCount(2);
  await page.keyboard.press('Control+z');
  await expect(boxes(page)).toHaveCount(1);
  await page.keyboard.press('Control+Shift+z');
  await expect(boxes(page)).toHaveCount(2);
  await page.keyboard.press('Escape');
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('application', { name: /^drawn-2\.png/ })).toBeVisible();
  await page.keyboard.press('a');
  await expect(page.getByRole('application', { name: /^drawn-1\.png, 2 boxes/ })).toBeVisible();
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('a finger draws and two fingers zoom, and the page stays where it is', async ({ page }) => {
    await openPhotos(page);
    await page.getByRole('application').scrollIntoViewIfNeeded();
    const photo = await photoOnScreen(page);
    const touch = await page.context().newCDPSession(page);
    const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...points: [number, number][]) =>
      touch.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: points.map(([x, y], id) => ({ x: photo.x + x * photo.width, y: photo.y + y * photo.height, id })),
      });
    const scrolled = await page.evaluate(() => scrollY);
    await send('touchStart', [0.6, 0.5]);
    await send('touchMove', [0.7, 0.7]);
    await send('touchMove', [0.85, 0.9]);
    await send('touchEnd');
    await page.getByRole('textbox', { name: 'What is in the box?' }).fill('ball');
    await page.keyboard.press('Enter');
    await expect(boxes(page)).toHaveAccessibleName(/^Box: ball, lower right, (99|100|101) × (119|120|121) px/);

    // The first tap lets go of the box, the next takes what is proposed there.
    await expect(page.getByText('Looking for things to snap to…')).toBeHidden();
    const tap = async (x: number, y: number) => {
      await send('touchStart', [x, y]);
      await send('touchEnd');
    };
    await tap(0.1, 0.9);
    await tap(ELLIPSE.x, ELLIPSE.y);
    await expect(boxes(page)).toHaveCount(2);
    await page.keyboard.press('Control+z');
    await expect(boxes(page)).toHaveCount(1);

    const zoom = page.getByRole('toolbar', { name: 'Boxes' }).getByText(/^\d+ %$/);
    const before = Number.parseInt(await zoom.innerText(), 10);
    await send('touchStart', [0.4, 0.5], [0.6, 0.5]);
    await send('touchMove', [0.3, 0.5], [0.7, 0.5]);
    await send('touchMove', [0.2, 0.5], [0.8, 0.5]);
    await send('touchEnd');
    await expect.poll(async () => Number.parseInt(await zoom.innerText(), 10) / before).toBeGreaterThan(2.5);
    await expect(boxes(page)).toHaveCount(1);
    expect(await page.evaluate(() => scrollY)).toBe(scrolled);
    await noSidewaysScroll(page);
  });
});
