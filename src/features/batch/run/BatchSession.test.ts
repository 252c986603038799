import { expect, test, vi } from 'vitest';
import { FakeFolder } from './fakeFolder.ts';
import { engine, files, load, names } from './sessionFixtures.ts';
import { filesSource, folderSource } from './sources.ts';

test('a folder is computed; after a reload the same folder goes on where it was', async () => {
  const page = await load();
  engine.wrong.set('c.jpg', 'DeviceLost');
  // The folder is listed by the time that the engine answers.
  engine.gate = vi.waitFor(() => expect(page.state().batch?.total).toBe(4));
  await page.takeFiles('a.jpg', 'b.jpg', 'c.jpg', 'd.jpg');
  expect(page.state().batchProblem).toContain('DeviceLost');
  expect(page.state().batch).toMatchObject({ folder: 'trip', total: 4, stopped: true });
  const done = names(page.state().batchRows);
  expect(done).not.toContain('c.jpg');

  const later = await load();
  await later.session.open();
  expect(later.state().batch).toMatchObject({ total: 4, head: 'everyday' });
  expect(later.state().batchPhotos).toBe('choose');
  expect(names(later.state().batchRows)).toEqual(done);
  engine.asked = [];
  engine.wrong.clear();
  await later.takeFiles('a.jpg', 'b.jpg', 'c.jpg', 'd.jpg', 'new.jpg');
  expect(engine.asked.toSorted()).toEqual(
    ['a.jpg', 'b.jpg', 'c.jpg', 'd.jpg', 'new.jpg'].filter((name) => !done.includes(name)),
  );
  expect(later.state().batch?.total).toBe(5);
});

test('other settings, or photos that the batch does not know, are a question; a new batch starts from nothing', async () => {
  const page = await load();
  await page.takeFiles('a.jpg');
  page.state().changeBatchSettings({ policy: { kind: 'crop' } });
  await page.takeFiles('a.jpg', 'b.jpg');
  expect(page.state().batchQuestion).toBe('settings');
  expect(engine.asked).toEqual(['a.jpg']);
  await page.session.answerQuestion('this');
  await page.idle();
  expect(engine.asked).toEqual(['a.jpg', 'b.jpg']);
  expect(page.state().settings.batch.policy).toEqual({ kind: 'area', side: 300 });
  expect(page.state().batchRows.every(({ policy }) => policy.kind === 'area')).toBe(true);

  await page.takeFiles('z.jpg');
  expect(page.state().batchQuestion).toBe('photos');
  await page.session.answerQuestion('neither');
  expect(page.state().batchQuestion).toBeNull();
  await page.takeFiles('z.jpg');
  await page.session.answerQuestion('new');
  await page.idle();
  expect(names(page.state().batchRows)).toEqual(['z.jpg']);

  page.state().changeBatchSettings({ policy: { kind: 'warp' } });
  engine.asked = [];
  await page.session.beginAgain();
  await page.idle();
  expect(engine.asked).toEqual(['z.jpg']);
  expect(page.state().batchRows[0]?.policy).toEqual({ kind: 'warp' });
  const later = await load();
  await later.session.open();
  expect(later.state().batchRows.map(({ policy }) => policy.kind)).toEqual(['warp']);
});

test('a minimum side and sizes to average count as settings, reach the engine, and come back after a reload', async () => {
  const page = await load();
  await page.takeFiles('a.jpg');
  expect(engine.options).not.toHaveProperty('scales');
  page.state().changeBatchSettings({ minSide: 96, scales: [224, 'native'] });
  await page.takeFiles('a.jpg', 'b.jpg');
  expect(page.state().batchQuestion).toBe('settings');
  await page.session.answerQuestion('new');
  await page.idle();
  expect(engine.options).toMatchObject({ minSide: 96, scales: [224, 'native'] });

  const later = await load();
  await later.session.open();
  later.state().changeBatchSettings({ minSide: 0, scales: [] });
  await later.takeFiles('a.jpg', 'b.jpg', 'c.jpg');
  await later.session.answerQuestion('this');
  await later.idle();
  expect(engine.options).toMatchObject({ minSide: 96, scales: [224, 'native'] });
  expect(later.state().settings.batch).toMatchObject({ minSide: 96, scales: [224, 'native'] });
});

test('photos that could not be read are rows with a reason, and are computed again when asked', async () => {
  const page = await load();
  engine.wrong.set('a.jpg', 'UnreadableImage');
  await page.takeFiles('a.jpg', 'b.jpg');
  expect(page.state().batchRows.find(({ name }) => name === 'a.jpg')).toMatchObject({
    status: 'failed',
    error: { name: 'UnreadableImage', message: 'a.jpg: UnreadableImage' },
  });
  engine.wrong.clear();
  engine.asked = [];
  await page.session.retryFailed();
  await page.idle();
  expect(engine.asked).toEqual(['a.jpg']);
  expect(page.state().batchRows.map(({ status }) => status)).toEqual(['done', 'done']);
});

test('where results cannot be kept it says so, and computes all the same', async () => {
  const page = await load();
  // A folder that the database cannot hold.
  const folder = new FakeFolder('trip', { 'a.jpg': 'one', 'b.jpg': 'two' });
  await page.take(folderSource(Object.assign(folder, { method: () => {} }).handle));
  expect(names(page.state().batchRows)).toEqual(['a.jpg', 'b.jpg']);
  expect(page.state().batchUnkept).toContain('not kept');
});

test('a second tab does not run a batch beside the first', async () => {
  vi.stubGlobal('navigator', {
    locks: { request: async (_: string, __: object, work: (lock: null) => unknown) => work(null) },
  });
  const page = await load();
  await page.takeFiles('a.jpg');
  expect(engine.asked).toEqual([]);
  expect(page.state().batchProblem).toContain('another tab');
  vi.stubGlobal('navigator', {});
});

test('without the labels it does not start, and says why; a head that is gone likewise', async () => {
  const page = await load();
  page.state().setLabels({ status: 'idle' });
  page.state().changeBatchSettings({ head: 'imagenet' });
  await page.takeFiles('a.jpg');
  expect(engine.asked).toEqual([]);
  expect(page.state().batchProblem).toContain('no network');
  page.state().changeBatchSettings({ head: { id: 'gone' } });
  await page.session.beginAgain();
  await page.idle();
  expect(engine.asked).toEqual([]);
  expect(page.state().batchProblem).toContain('is not open here');
  page.state().changeBatchSettings({ head: 'none' });
  await page.session.beginAgain();
  await page.idle();
  expect(engine.asked).toEqual(['a.jpg']);
});

test('the built-in classes answer without asking for ImageNet’s names', async () => {
  const page = await load();
  page.state().setLabels({ status: 'idle' });
  await page.takeFiles('a.jpg');
  expect(page.state().batchProblem).toBeNull();
  expect(engine.asked).toEqual(['a.jpg']);
});

test('a folder dropped during a run joins it; what is no photo is said', async () => {
  const page = await load();
  let open = () => {};
  engine.gate = new Promise((resolve) => (open = resolve));
  await page.session.takePhotos(filesSource(files('a.jpg', 'b.jpg')));
  await page.session.takePhotos(filesSource(files('c.jpg')));
  expect(page.state().batchQuestion).toBeNull();
  open();
  await page.idle();
  expect(names(page.state().batchRows)).toEqual(['a.jpg', 'b.jpg', 'c.jpg']);
  expect(page.state().batch?.total).toBe(3);
  await page.takeFiles('notes.txt');
  expect(page.state().batchProblem).toContain('no photos');
  await page.session.clear();
  expect(page.state()).toMatchObject({ batch: null, batchRows: [], batchOpened: true });
});
