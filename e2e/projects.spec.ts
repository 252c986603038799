import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { sampleHead } from '../src/formats/exportFixtures.ts';
import { headToSafetensors } from '../src/formats/pytorch/pytorchHead.ts';
import { dropFiles } from './drop.ts';
import { expect, hasShared, LONG, NO_SHARED, SHARED, test } from './fixtures.ts';
import { noAxeViolations } from './accessibility.ts';
import { storedProjects } from './storedProjects.ts';
import {
  picture,
  open,
  addPhotos,
  classButtons,
  allPhotos,
  showTab,
  shownClasses,
  kept,
  keptVectors,
  menu,
  trainTwoClasses,
} from './projectSteps.ts';

test('a training comes back after a reload; it goes out as a file and comes back the same elsewhere', async ({
  page,
  browser,
  baseURL,
}, info) => {
  await trainTwoClasses(page, info, 12);
  await expect(page.getByText('in use in Classify')).toBeVisible({ timeout: 60_000 });
  const classes = await shownClasses(page);
  expect(classes).toHaveLength(2);
  await kept(page, 12);
  await expect.poll(async () => (await storedProjects(page))[0]?.runs).toHaveLength(1);

  // Vectors are kept behind everything else.
  await expect.poll(() => keptVectors(page)).toBe(12);

  await page.reload();
  await expect(allPhotos(page, 12)).toBeVisible();
  expect(await shownClasses(page)).toEqual(classes);
  await expect(page.getByText('in use in Classify')).toBeVisible();
  // Thumbnails too: nothing is read a second time.
  await expect(page.getByRole('option').first().locator('img')).toBeVisible();
  await expect(page.getByText('could not be read')).toHaveCount(0);

  await page.evaluate(() => Reflect.deleteProperty(window, 'showSaveFilePicker'));
  await showTab(page, 'Projects');
  await expect(page.getByText('12 photos')).toBeVisible();
  const downloading = page.waitForEvent('download');
  await menu(page, 'Project 1', 'Export as a file');
  const download = await downloading;
  expect(download.suggestedFilename()).toBe('Project 1.zip');
  const file = await download.path();

  const elsewhere = await browser.newContext({ ...(baseURL && { baseURL }), serviceWorkers: 'block' });
  const other = await elsewhere.newPage();
  await open(other, 'projects');
  await other.getByLabel('Project files').setInputFiles({
    name: 'Project 1.zip',
    mimeType: 'application/zip',
    buffer: readFileSync(file),
  });
  await other.getByRole('button', { name: 'Open it' }).click();
  await expect(allPhotos(other, 12)).toBeVisible();
  expect(await shownClasses(other)).toEqual(classes);
  await expect(other.getByText('in use in Classify')).toBeVisible();
  const [here] = await storedProjects(page);
  const [there] = await storedProjects(other);
  expect(there).toEqual(here);
  expect(here?.problems).toEqual([]);
  await elsewhere.close();
});

test('a head from a file stays with its project: after a reload, and in another project not', async ({ page }) => {
  const pyramid = { levels: [2, 1], rule: 'adaptive', pooling: 'max' } as const;
  const head = sampleHead({ ...pyramid, levels: [...pyramid.levels] }, { sqrt: false, l2: 'vector', centre: true });
  const chosen = page.getByLabel('Classes', { exact: true });
  await open(page);
  // Before there is any class: a head alone makes a project.
  await page.getByLabel('Head to open').setInputFiles({
    name: 'mine.safetensors',
    mimeType: 'application/octet-stream',
    buffer: Buffer.from(headToSafetensors(head)),
  });
  await expect(page.getByText('answers in the Classify tab and is kept with this project')).toBeVisible();
  await addPhotos(page, [picture(1)]);
  await kept(page, 1);
  await page.locator('html[data-keeping="kept"]').waitFor({ state: 'attached' });

  await page.reload();
  await expect(allPhotos(page, 1)).toBeVisible();
  await showTab(page, 'Batch');
  // A batch has classes of its own: the head is offered there, and not taken.
  const offered = chosen.locator('option', { hasText: `${head.name} (${head.classes.length})` });
  await expect(offered).toHaveCount(1);
  await expect(chosen.locator('option:checked')).toHaveText('Everyday things, built in');
  await showTab(page, 'Classify');
  await page.locator('section button:has(img)').first().click();
  await expect(page.locator('[role=option][data-status=done]')).toContainText(new RegExp(head.classes.join('|')));

  await showTab(page, 'Projects');
  await page.getByRole('button', { name: 'New project' }).click();
  await expect(page.getByText('Drop folders of photos')).toBeVisible();
  await showTab(page, 'Batch');
  await expect(offered).toHaveCount(0);
  await expect(chosen.locator('option')).toHaveCount(3);
});

/** Classes of one photo each, by the number in their name. */
const shownNumbers = async (page: Page) =>
  (await shownClasses(page)).map((line) => Number(/^Class (\d+)1 photos$/.exec(line)?.[1] ?? Number.NaN));

for (const [kills, details] of [
  [3, {}],
  [20, LONG],
] as const)
  test(
    `killed ${kills} times while labelling: at most the last action is missing, and nothing is corrupt`,
    details,
    async ({ context, page: unused }) => {
      test.setTimeout(180_000);
      await unused.close();
      // Any seed will do; one that stands makes a failure come again.
      let seed = 20_261_120;
      const random = () => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) / 2 ** 32;
      let allowed: number[][] = [[]];
      let actions = 0;
      let missing = 0;
      for (let kill = 0; kill < kills; kill++) {
        const page = await context.newPage();
        await open(page);
        await expect(page.locator('h2:text("Drop folders"), [data-class-button]').first()).toBeVisible();
        const restored = await shownNumbers(page);
        expect(allowed, `after kill ${kill}`).toContainEqual(restored);
        if (allowed.length > 1 && String(restored) !== String(allowed.at(-1))) missing++;
        for (const project of await storedProjects(page)) expect(project.problems).toEqual([]);
        const labelled = await labelUntilKilled(page, random, restored, kill % 2 === 0 ? 'crash' : 'close');
        allowed = labelled.allowed;
        actions += labelled.actions;
      }
      process.stdout.write(`${kills} kills in ${actions} actions; the last action was missing ${missing} times\n`);
      expect(actions).toBeGreaterThan(kills);
      const page = await context.newPage();
      await open(page, 'projects');
      await expect(page.getByRole('listitem').filter({ hasText: 'Project 1' })).toHaveCount(1);
      const [project, ...others] = await storedProjects(page);
      expect(others).toEqual([]);
      expect(project?.problems).toEqual([]);
    },
  );

/** From the sight of one action's effect to the next action: faster than a hand, and no waiting for what the page says. */
const PACE_MS = 100;

/**
 * Adds classes with a photo, reorders, deletes and undoes, and is killed at a random moment, by turns as a closed tab and as a crash.
 * @returns the states that a reopened page may show: before the last action and after it
 */
async function labelUntilKilled(page: Page, random: () => number, from: number[], end: 'crash' | 'close') {
  // An object: its change comes from the timer.
  const life = { dead: false };
  const kill = async () => {
    life.dead = true;
    if (end === 'crash') {
      const session = await page.context().newCDPSession(page);
      const crashed = page.waitForEvent('crash');
      session.send('Page.crash').catch(() => {});
      await crashed;
    }
    await page.close();
  };
  const killed = new Promise<void>((resolve, reject) =>
    setTimeout(() => kill().then(resolve, reject), 500 + random() * 1500),
  );
  let classes = from;
  let allowed = [from];
  let actions = 0;
  const act = async (after: number[], action: () => Promise<unknown>) => {
    allowed = [classes, after];
    await action();
    actions++;
    await expect.poll(() => shownNumbers(page), { timeout: 15_000, intervals: [20] }).toEqual(after);
    classes = after;
    await page.waitForTimeout(PACE_MS);
  };
  try {
    while (!life.dead) {
      const turn = random();
      const at = Math.floor(random() * classes.length);
      if (classes.length === 0 || turn < 0.4) {
        let fresh = classes.length + 1;
        while (classes.includes(fresh)) fresh++;
        await act([...classes, fresh], () => addPhotos(page, [picture(Math.floor(random() * 1e6))]));
      } else if (turn < 0.8 && at + 1 < classes.length) {
        const [one, two] = [classes[at] ?? 0, classes[at + 1] ?? 0];
        await act(classes.toSpliced(at, 2, two, one), () =>
          classButtons(page)
            .nth(at + 1)
            .press('Alt+ArrowDown'),
        );
      } else if (turn >= 0.8 && classes.length > 1) {
        const before = classes;
        await act(classes.toSpliced(at, 1), () =>
          classButtons(page)
            .nth(at + 1)
            .press('Delete'),
        );
        if (random() < 0.5) await act(before, () => page.getByRole('button', { name: /^Undo/ }).click());
      }
    }
  } catch (error) {
    if (!life.dead) throw error;
  }
  await killed;
  return { allowed, actions };
}

test('several projects: new, rename, duplicate, delete with undo, each with its own classes', async ({ page }) => {
  await open(page, 'projects');
  await expect(page.getByText('saved automatically on this device')).toBeVisible();
  await noAxeViolations(page);
  await page.getByRole('button', { name: 'Start in Fine-tune' }).click();
  await addPhotos(page, [picture(1), picture(2)]);
  await kept(page, 2);
  await showTab(page, 'Projects');
  await menu(page, 'Project 1', 'Rename');
  await page.getByLabel('Name of the project').fill('Rosen <b>');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Rosen <b>' })).toBeVisible();
  await menu(page, 'Rosen <b>', 'Duplicate');
  await expect(page.getByRole('heading', { name: 'Rosen <b> copy' })).toBeVisible();

  await page.getByRole('button', { name: 'New project' }).click();
  await expect(page.getByText('Drop folders of photos')).toBeVisible();
  await addPhotos(page, [picture(3)]);
  await kept(page, 5);
  await showTab(page, 'Projects');
  await page.getByRole('button', { name: 'Open Rosen <b> copy', exact: true }).click();
  await expect(allPhotos(page, 2)).toBeVisible();

  // A duplicate is its own: what changes here does not change there.
  await classButtons(page).nth(1).press('Delete');
  await showTab(page, 'Projects');
  await expect(page.getByRole('listitem').filter({ hasText: 'copy' })).toContainText('0 photos');
  await expect(page.getByRole('listitem').filter({ hasText: /^Rosen <b>(?! copy)/ })).toContainText('2 photos');

  await menu(page, 'Rosen <b> copy', 'Delete');
  await expect(page.getByRole('listitem')).toHaveCount(2);
  await noAxeViolations(page);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('listitem')).toHaveCount(3);
  await page.setViewportSize({ width: 390, height: 800 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await noAxeViolations(page);
  expect((await storedProjects(page)).flatMap(({ problems }) => problems)).toEqual([]);
});

test('photos dropped on Projects go to Classify', async ({ page }) => {
  await open(page, 'projects');
  await expect(page.getByRole('heading', { name: 'Projects' })).toBeVisible();
  await dropFiles(page, [picture(1), picture(2)]);
  await expect(page.getByRole('tab', { name: 'Classify', selected: true })).toBeVisible();
  await expect(page.locator('[role=option][data-status=done]')).toHaveCount(2);
});

test('hostile files are refused in words and touch nothing', async ({ page }) => {
  test.skip(!hasShared, NO_SHARED);
  await open(page);
  await addPhotos(page, [picture(1)]);
  await kept(page, 1);
  const before = await storedProjects(page);
  await showTab(page, 'Projects');
  const words = {
    'bomb_1GB.zip': 'packed 100 times smaller',
    'truncated.zip': 'cut short',
    'empty.zip': 'no project',
    'nested.zip': 'no project',
  };
  for (const [name, why] of Object.entries(words)) {
    await page.getByLabel('Project files').setInputFiles(join(SHARED, 'images/hostile/zips', name));
    const told = page.getByRole('alert').filter({ hasText: why });
    await expect(told).toBeVisible();
    await told.getByRole('button', { name: 'Dismiss' }).click();
    expect(await storedProjects(page)).toEqual(before);
  }
  await page.getByLabel('Project files').setInputFiles(join(SHARED, 'images/hostile/zips/zip_slip.zip'));
  await page.getByRole('button', { name: 'Open it' }).click();
  await expect.poll(() => shownClasses(page)).toEqual(['evil1 photos', 'abs1 photos', 'x1 photos', 'ok1 photos']);
});
