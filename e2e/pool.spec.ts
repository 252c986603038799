/** Lists of photos on several engines: the same answers to the bit, whoever gave them, and nothing lost when one dies. */
import type { Page, Worker } from '@playwright/test';
import { peakMemory, resetPeakMemory } from '../tools/peakMemory.ts';
import { expect, LONG, test } from './fixtures.ts';

const PHOTOS = 12;
/** What each helper may take beside the first engine. */
const MOST_BYTES_EACH = 350e6;

/** What a helper is made to note, and to do: to be stuck in the middle of a photo. */
interface Watched {
  decoded: number;
  stuck: boolean;
}

async function choose(page: Page, workers: string): Promise<void> {
  await page.getByRole('button', { name: /^Running on/ }).click();
  await page.getByRole('combobox', { name: 'Workers' }).selectOption(workers);
  await page.keyboard.press('Escape');
}

/** Draws photos of many sizes, the same ones each time, and keeps them in the page. */
async function drawPhotos(page: Page): Promise<void> {
  await page.evaluate(async (count) => {
    const drawn: Blob[] = [];
    for (let i = 0; i < count; i++) {
      const canvas = new OffscreenCanvas(160 + i * 9, 240 - i * 7);
      const drawing = canvas.getContext('2d');
      if (!drawing) throw new Error('no canvas');
      drawing.fillStyle = `hsl(${i * 37} 60% 60%)`;
      drawing.fillRect(0, 0, 300, 300);
      drawing.fillStyle = '#124';
      for (let k = 0; k < 3; k++) drawing.fillRect(20 + i * 3 + k * 40, 30 + ((i * 17 + k * 29) % 90), 25 + i, 30);
      drawn.push(await canvas.convertToBlob());
    }
    Object.assign(window, { drawn });
  }, PHOTOS);
}

const drawn = 'drawn' as keyof Window;

/** Every answer, with all its digits. */
function classifyAll(page: Page): Promise<string[]> {
  return page.evaluate(async (key) => {
    const answers = await window.anysize.classifyAll(window[key as keyof Window] as unknown as Blob[], {
      policy: 'native',
      looks: 1,
    });
    return answers.map((answer) =>
      answer instanceof Error ? `${answer.name}: ${answer.message}` : JSON.stringify(answer),
    );
  }, drawn);
}

/** Probabilities of a head trained on the photos, with all their digits. */
function train(page: Page): Promise<string> {
  return page.evaluate(async (key) => {
    const photos = window[key as keyof Window] as unknown as Blob[];
    const classes = { first: photos.slice(0, 6), second: photos.slice(6) };
    const { predictions } = await window.anysize.train({
      classes,
      options: { policy: { kind: 'native', maxPixels: 1e6 } },
    });
    return JSON.stringify(predictions.map(({ probabilities }) => probabilities));
  }, drawn);
}

async function workersOf(page: Page, wanted: string): Promise<Worker[]> {
  const named = await Promise.all(
    // One that is ending answers nothing.
    page.workers().map(async (worker) => ({ worker, name: await worker.evaluate(() => self.name).catch(() => '') })),
  );
  return named.filter(({ name }) => name === wanted).map(({ worker }) => worker);
}

const helpersOf = (page: Page) => workersOf(page, 'anysize-helper');

/** Waits for the helper, and watches what it decodes. */
async function watchHelper(page: Page, but?: Worker): Promise<Worker> {
  let helper: Worker | undefined;
  await expect
    .poll(async () => (helper = (await helpersOf(page)).find((worker) => worker !== but)) !== undefined)
    .toBe(true);
  if (!helper) throw new Error('no helper');
  await watchDecoding(helper);
  return helper;
}

async function watchDecoding(worker: Worker): Promise<void> {
  await worker.evaluate(() => {
    const { createImageBitmap } = self;
    const watched: Watched = { decoded: 0, stuck: false };
    Object.assign(self, {
      watched,
      createImageBitmap(...args: unknown[]) {
        if (args[0] instanceof Blob) watched.decoded++;
        return watched.stuck ? new Promise(() => {}) : Reflect.apply(createImageBitmap, self, args);
      },
    });
  });
}

/** From now on every photo that it decodes stays where it is. */
const jam = (worker: Worker) =>
  worker.evaluate(() => void ((self as unknown as { watched: Watched }).watched.stuck = true));

/** It ends without a word, as one does that the system has ended. */
const die = (worker: Worker) => worker.evaluate(() => self.close()).catch(() => {});

const decodedBy = (helper: Worker) => helper.evaluate(() => (self as unknown as { watched: Watched }).watched.decoded);

test('two workers give the answers of one to the bit, also when one of them dies', async ({ engine }) => {
  const page = await engine('wasm', 'pool');
  await drawPhotos(page);
  await choose(page, '1');
  const alone = await classifyAll(page);
  expect(alone.filter((answer) => answer.startsWith('['))).toHaveLength(PHOTOS);
  expect(await helpersOf(page)).toHaveLength(0);

  await choose(page, '2');
  // The first list has the helper started; it may be over before that has.
  expect(await classifyAll(page)).toEqual(alone);
  const helper = await watchHelper(page);
  await expect
    .poll(async () => {
      expect(await classifyAll(page)).toEqual(alone);
      return decodedBy(helper);
    })
    .toBeGreaterThan(0);

  await jam(helper);
  const before = await decodedBy(helper);
  const answers = classifyAll(page);
  await expect.poll(() => decodedBy(helper)).toBeGreaterThan(before);
  await die(helper);
  expect(await answers).toEqual(alone);
  expect(await classifyAll(page)).toEqual(alone);
  const second = await watchHelper(page, helper);
  await expect
    .poll(async () => {
      expect(await classifyAll(page)).toEqual(alone);
      return decodedBy(second);
    })
    .toBeGreaterThan(0);

  await choose(page, '1');
  await expect.poll(async () => (await helpersOf(page)).length).toBe(0);
});

test('the first engine that dies is started again, and what it was at is done after all', async ({ engine }) => {
  const page = await engine('wasm', 'pool that loses its first');
  await drawPhotos(page);
  await choose(page, '1');
  const before = await classifyAll(page);
  const [first] = await workersOf(page, 'anysize-engine');
  if (!first) throw new Error('no engine');
  await watchDecoding(first);
  await jam(first);
  const answers = classifyAll(page);
  await expect.poll(() => decodedBy(first)).toBeGreaterThan(0);
  const asked = page.evaluate(
    (key) =>
      window.anysize.vector((window[key as keyof Window] as unknown as Blob[])[0] as Blob).catch(({ name }) => name),
    drawn,
  );
  await expect.poll(() => decodedBy(first)).toBeGreaterThan(2);
  await die(first);
  expect(await answers).toEqual(before);
  // Only lists are gone through again: whoever asked for anything else is told.
  expect(await asked).toBe('EngineStopped');
  await expect(page.getByText(/stopped and was started again/)).toBeVisible();
});

test('vectors that a helper makes train the head that the first alone would train', async ({ engine }) => {
  const alone = await engine('wasm', 'pool of one');
  await drawPhotos(alone);
  await choose(alone, '1');
  const expected = await train(alone);

  const page = await engine('wasm', 'pool for vectors');
  await drawPhotos(page);
  await choose(page, '2');
  await expect
    .poll(async () => {
      await classifyAll(page);
      return (await helpersOf(page)).length;
    })
    .toBe(1);
  const helper = await watchHelper(page);
  const before = await decodedBy(helper);
  expect(await train(page)).toBe(expected);
  expect(await decodedBy(helper)).toBeGreaterThan(before);
});

/** As many helpers as are wanted, each of which has something to do. */
async function untilHelpers(page: Page, count: number): Promise<Worker[]> {
  await expect
    .poll(
      async () => {
        await classifyAll(page);
        return (await helpersOf(page)).length;
      },
      { timeout: 120_000 },
    )
    .toBe(count);
  return helpersOf(page);
}

test(
  'four workers give the answers of one to the bit, also when one of them dies',
  LONG,
  async ({ engine, browser }) => {
    test.setTimeout(400_000);
    const page = await engine('wasm', 'pool of four');
    await drawPhotos(page);
    await choose(page, '1');
    await resetPeakMemory(browser);
    const alone = await classifyAll(page);
    const withOne = await peakMemory(browser);

    await choose(page, '3');
    expect(await untilHelpers(page, 2)).toHaveLength(2);
    expect(await classifyAll(page)).toEqual(alone);
    await choose(page, '4');
    const helpers = await untilHelpers(page, 3);
    for (const helper of helpers) await watchDecoding(helper);
    // The last may not have started yet.
    await expect
      .poll(async () => {
        expect(await classifyAll(page)).toEqual(alone);
        return Math.min(...(await Promise.all(helpers.map(decodedBy))));
      })
      .toBeGreaterThan(0);
    const withFour = await peakMemory(browser);
    test.info().annotations.push({ type: 'memory', description: `one ${withOne}, four ${withFour} bytes` });
    if (withOne && withFour) expect(withFour - withOne).toBeLessThan(3 * MOST_BYTES_EACH);

    const [mortal] = helpers;
    if (!mortal) throw new Error('no helpers');
    await jam(mortal);
    const before = await decodedBy(mortal);
    const answers = classifyAll(page);
    await expect.poll(() => decodedBy(mortal)).toBeGreaterThan(before);
    await die(mortal);
    expect(await answers).toEqual(alone);
    await untilHelpers(page, 3);
    expect(await classifyAll(page)).toEqual(alone);
    await choose(page, '1');
    await expect.poll(async () => (await helpersOf(page)).length).toBe(0);
  },
);
