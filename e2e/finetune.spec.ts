import { copyFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, hasShared, LONG, NO_SHARED, SHARED, test } from './fixtures.ts';
import { noAxeViolations, noSidewaysScroll } from './accessibility.ts';
import { drawnFolders } from './drawnFolders.ts';
import { headline, learnSlowly, showTab } from './projectSteps.ts';

async function open(page: Page, backend = 'wasm'): Promise<void> {
  await page.goto(`./?backend=${backend}#finetune`);
  await page.evaluate(() => window.anysize.ready);
}

async function chooseFolder(page: Page, folder: string): Promise<void> {
  await page.locator('input[webkitdirectory][aria-label^="Folder of class folders"]').setInputFiles(folder);
}

/** The first `each` photos of every class of flowers, in a folder of their own. */
function flowersOf(folder: string, each: number): string {
  const all = join(SHARED, 'datasets/flowers');
  for (const name of readdirSync(all).filter((name) => !name.includes('.'))) {
    mkdirSync(join(folder, name), { recursive: true });
    const photos = readdirSync(join(all, name)).toSorted().slice(0, each);
    for (const photo of photos) copyFileSync(join(all, name, photo), join(folder, name, photo));
  }
  return folder;
}

const trainButton = (page: Page) =>
  page.getByRole('region', { name: 'Options' }).getByRole('button', { name: 'Train', exact: true });

declare global {
  interface Window {
    /** What the legend of the loss has said. */
    legends?: Set<string>;
  }
}

/** Runs in the page. */
function watchLegends(): void {
  const said = new Set<string>();
  window.legends = said;
  new MutationObserver(() => {
    const legend = document.querySelector('figure[aria-labelledby] ul')?.textContent;
    if (legend) said.add(legend);
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
}

test.describe('flowers', () => {
  test.skip(!hasShared, NO_SHARED);

  for (const [each, least, details] of [
    // Six photos tell little: chance is 0.2.
    [6, 0.4, {}],
    [40, 0.74, LONG],
  ] as const)
    test(
      `5 × ${each} flowers on WASM: trained with the defaults, explained, renamed, undone, used`,
      details,
      async ({ page }, info) => {
        test.setTimeout(300_000);
        const flowers = flowersOf(info.outputPath('flowers'), each);
        await open(page);
        await chooseFolder(page, flowers);
        await expect(page.getByRole('button', { name: `All photos ${5 * each} photos` })).toBeVisible();
        await expect(trainButton(page)).toBeEnabled();
        await trainButton(page).click();
        await expect(headline(page)).toBeVisible({ timeout: 180_000 });
        const text = (await headline(page).textContent()) ?? '';
        process.stdout.write(`flowers, default split: ${text}\n`);
        const [, right, of] = /(\d+) of (\d+)/.exec(text) ?? [];
        expect(Number(of)).toBeGreaterThanOrEqual(Math.floor((5 * each) / 4));
        expect(Number(right) / Number(of)).toBeGreaterThanOrEqual(least);

        // A cell of the confusion matrix shows its photos; a photo shows where the classifier looked.
        await page.getByRole('tab', { name: 'Results' }).click();
        await page.getByRole('button', { name: /^tulips taken for tulips/ }).click();
        const gallery = page.getByRole('listbox', { name: 'Photos: tulips taken for tulips' });
        await gallery.getByRole('option').first().click();
        await expect(page.getByRole('dialog')).toBeVisible();
        await expect(page.getByRole('img', { name: 'Grad-CAM for tulips' })).toBeVisible();
        await noAxeViolations(page);
        await page.getByRole('button', { name: 'HiResCAM' }).click();
        await expect(page.getByRole('img', { name: 'HiResCAM for tulips' })).toBeVisible();
        await page.keyboard.press('Escape');

        // Rename and undo.
        await page.getByRole('button', { name: 'What to do with daisy' }).click();
        await page.getByRole('menuitem', { name: /rename/i }).click();
        await page.keyboard.press('ControlOrMeta+a');
        await page.keyboard.type('Gänseblümchen');
        await page.keyboard.press('Enter');
        await expect(page.getByRole('button', { name: `Gänseblümchen ${each} photos` })).toBeVisible();
        await page.keyboard.press('ControlOrMeta+z');
        await expect(page.getByRole('button', { name: `daisy ${each} photos` })).toBeVisible();

        // Against squash-to-224 with the global mean on the same split, not more than 5 points below.
        const files = Object.fromEntries(
          readdirSync(flowers)
            .filter((name) => !name.includes('.'))
            .map((name) => [
              name,
              readdirSync(join(flowers, name)).map((file) =>
                readFileSync(join(flowers, name, file)).toString('base64'),
              ),
            ]),
        );
        const means = await page.evaluate(async (files) => {
          const blob = (base64: string) => new Blob([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))]);
          const classes = Object.fromEntries(Object.entries(files).map(([name, list]) => [name, list.map(blob)]));
          const { results } = await window.anysize.compare({ classes, strategies: ['warp', 'auto'], seeds: [1] });
          return results.map(({ strategy, mean }) => [strategy, mean] as const);
        }, files);
        const { warp = 1, auto = 0 } = Object.fromEntries(means);
        process.stdout.write(`same split: squash + mean ${warp}, our features ${auto}\n`);
        expect(auto).toBeCloseTo(Number(right) / Number(of), 10);
        if (each === 40) expect(auto).toBeGreaterThanOrEqual(warp - 0.05);

        // The Classify tab uses the new head at once.
        await page.getByRole('tab', { name: 'Classify' }).click();
        const tulip = readdirSync(join(flowers, 'tulips'))[0] ?? '';
        await page
          .locator('input[type=file]')
          .first()
          .setInputFiles(join(flowers, 'tulips', tulip));
        await expect(page.locator('[role=option][data-status=done]')).toContainText(
          /daisy|dandelion|roses|sunflowers|tulips/,
        );
      },
    );
});

test('the empty tab: a class by hand or from the camera, undone to the empty tab', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: 'Class', exact: true }).click();
  const name = page.getByRole('textbox', { name: 'Name of the class' });
  await expect(name).toBeFocused();
  await name.fill('mugs');
  await name.press('Enter');
  await expect(page.getByRole('button', { name: 'mugs 0 photos' })).toBeVisible();
  // The options are folded until they are opened, and stay as they were left.
  await expect(page.getByText('Pyramid, size and split')).toBeVisible();
  await expect(page.getByLabel('Features')).toBeHidden();
  await page.getByText('Pyramid, size and split').click();
  await expect(page.getByLabel('Features')).toBeVisible();
  await page.keyboard.press('ControlOrMeta+z');
  await page.keyboard.press('ControlOrMeta+z');
  await page.getByRole('button', { name: 'Camera', exact: true }).click();
  await expect(page.getByRole('dialog', { name: /^Camera: / })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  // Nothing is left behind.
  await expect(page.getByRole('button', { name: 'Camera', exact: true })).toBeVisible();
});

const worth = (page: Page) => page.getByRole('region', { name: /Is SPP worth it/ });

test(
  'the built-in example: one click, its curve, its results, and SPP learns what a global mean cannot',
  LONG,
  async ({ page }) => {
    test.setTimeout(240_000);
    await open(page);
    await page.evaluate(watchLegends);
    await page.getByRole('button', { name: /built-in example/i }).click();
    await expect(headline(page)).toBeVisible({ timeout: 90_000 });
    // The curve was seen to fall, point by point, and stays; the results are one click away.
    await expect.poll(() => page.evaluate(() => window.legends?.size ?? 0)).toBeGreaterThanOrEqual(20);
    await expect(page.getByRole('figure', { name: 'Loss' })).toBeVisible();
    await page.getByRole('button', { name: 'See results' }).click();
    // The photo says where the classifier looked.
    await page
      .getByRole('listbox', { name: /^Photos/ })
      .getByRole('option')
      .first()
      .click();
    await expect(page.getByRole('img', { name: /CAM for/ })).toBeVisible();
    await page.keyboard.press('Escape');
    await worth(page).getByRole('button', { name: 'Compare' }).click();
    await expect(worth(page).getByRole('button', { name: 'Compare again' })).toBeVisible({ timeout: 150_000 });
    const shown = (await worth(page).textContent()) ?? '';
    const mean = (name: string) => Number(new RegExp(`${name}\\s*([0-9.]+) % ±`).exec(shown)?.[1] ?? Number.NaN);
    const ours = mean('Our features, pyramid by the photos');
    const global = mean('Warp 224, global mean');
    process.stdout.write(`quadrants: our features ${ours}, global mean ${global}\n`);
    expect(ours).toBeGreaterThanOrEqual(95);
    expect(ours - global).toBeGreaterThanOrEqual(30);
  },
);

test('a training run leaves no tensor behind; cancel at every stage leaves a usable state', async ({ page }) => {
  test.setTimeout(240_000);
  const folder = drawnFolders(test.info().outputPath('drawn'), 6);
  await open(page);
  await chooseFolder(page, folder);
  await expect(trainButton(page)).toBeEnabled();
  // While photos become vectors.
  await trainButton(page).click();
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await expect(trainButton(page)).toBeEnabled();
  // While the head learns: many epochs, paused, resumed, then discarded.
  await learnSlowly(page);
  await trainButton(page).click();
  await expect(page.getByText(/epoch \d/i).first()).toBeVisible();
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByRole('button', { name: 'Resume' }).click();
  await page
    .getByRole('button', { name: /discard|cancel/i })
    .first()
    .click();
  await expect(trainButton(page)).toBeEnabled();
  const before = await page.evaluate(async () => (await window.anysize.memory()).numTensors);
  // Stopped early, and kept.
  await trainButton(page).click();
  await expect(page.getByText(/epoch \d/i).first()).toBeVisible();
  await page.getByRole('button', { name: 'Stop and keep' }).click();
  await expect(headline(page)).toBeVisible();
  expect(await page.evaluate(async () => (await window.anysize.memory()).numTensors)).toBe(before);
});

test('“Is SPP worth it?” compares the strategies on these photos and says which does best', async ({ page }) => {
  test.setTimeout(240_000);
  const folder = drawnFolders(test.info().outputPath('drawn'), 4);
  await open(page);
  await chooseFolder(page, folder);
  await expect(trainButton(page)).toBeEnabled();
  await trainButton(page).click();
  await expect(headline(page)).toBeVisible();
  await page.getByRole('button', { name: 'See results' }).click();
  await worth(page).getByRole('button', { name: 'Compare' }).click();
  await expect(
    worth(page)
      .getByText(/ wins|no difference|tie/i)
      .first(),
  ).toBeVisible({ timeout: 120_000 });
  await expect(worth(page)).toContainText(/Whole photo 300, pyramid \(SPP\)[^0-9]*[0-9.]+ %/);
});

for (const viewport of [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
]) {
  test(`no accessibility violation and no sideways scroll at ${viewport.width}×${viewport.height}`, async ({
    page,
  }) => {
    test.setTimeout(180_000);
    const folder = drawnFolders(test.info().outputPath('drawn'), 6);
    await page.setViewportSize(viewport);
    // Colours that fade in have too little contrast on their way.
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await open(page);
    await noAxeViolations(page);
    await chooseFolder(page, folder);
    await expect(trainButton(page)).toBeEnabled();
    await trainButton(page).click();
    // Also where the zones stand below each other, what goes on and what came of it is in sight.
    await expect(page.getByText(/^Looking at photo/).first()).toBeInViewport();
    await expect(headline(page)).toBeInViewport({ timeout: 90_000 });
    await expect(page.getByRole('figure', { name: 'Loss' })).toBeInViewport({ ratio: 0.5 });
    for (const tab of ['Photos', 'Train', 'Results']) {
      await showTab(page, tab);
      await noAxeViolations(page);
      await noSidewaysScroll(page);
    }
  });
}
