import { expect, test, vi } from 'vitest';
import { FakeFolder } from './fakeFolder.ts';
import { disk, engine, files, load, names, pause } from './sessionFixtures.ts';
import { filesSource, folderSource } from './sources.ts';

function folder(name: string, count: number): FakeFolder {
  const letter = name.toLowerCase();
  const made = new FakeFolder(
    name,
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`${letter}${i}.jpg`, 'x'])),
  );
  disk.push(made);
  return made;
}

/** Computes the first photos of folder A, then halts as if stopped; the page is loaded anew. */
async function halfDone(a: FakeFolder, stopAt: string) {
  const page = await load();
  engine.wrong.set(stopAt, 'DeviceLost');
  engine.gate = pause(20);
  await page.take(folderSource(a.handle));
  engine.wrong.clear();
  engine.gate = null;
  engine.asked = [];
  return { done: page.state().batchRows.length, later: await load() };
}

/** Locks as the browser's are: asked for by message, held by one. */
function locks() {
  let held = false;
  const request = async (_name: string, _options: object, work: (lock: object | null) => unknown) => {
    await pause(1);
    if (held) return work(null);
    held = true;
    try {
      return await work({});
    } finally {
      held = false;
    }
  };
  vi.stubGlobal('navigator', { locks: { request } });
}

test('a folder added after a reload leaves the first one in the batch: both are computed where both can be read', async () => {
  const [a, b] = [folder('A', 12), folder('B', 3)];
  const { done, later } = await halfDone(a, 'a4.jpg');
  expect(done).toBeLessThan(12);
  await later.session.takePhotos(folderSource(b.handle));
  expect(later.state().batchQuestion).toBe('photos');
  await later.session.answerQuestion('this');
  await later.idle();
  expect(later.state().batchRows).toHaveLength(15);
  expect(later.state().batch?.total).toBe(15);
  expect(engine.asked).toHaveLength(15 - done);
});

test('a first folder that the page may not read yet keeps the batch open, and is gone on with when asked, also a visit later', async () => {
  const [a, b] = [folder('A', 12), folder('B', 3)];
  a.permission = 'prompt';
  const { done, later } = await halfDone(a, 'a4.jpg');
  await later.session.takePhotos(folderSource(b.handle));
  await later.session.answerQuestion('this');
  await later.idle();
  expect(later.state().batchRows).toHaveLength(done + 3);
  expect(later.state().batch?.total).toBeNull();
  expect(later.state().batchPhotos).toBe('ask');

  const again = await load();
  await again.session.open();
  expect(again.state().batchPhotos).toBe('ask');
  await again.session.goOn();
  await again.idle();
  expect(again.state().batchRows).toHaveLength(15);
  expect(again.state().batch?.total).toBe(15);
});

test('a first folder without a handle has to be chosen again, by its name, before the batch is done', async () => {
  const page = await load();
  engine.wrong.set('c.jpg', 'DeviceLost');
  engine.gate = pause(20);
  await page.takeFiles('a.jpg', 'b.jpg', 'c.jpg', 'd.jpg');
  engine.wrong.clear();
  engine.gate = null;
  const later = await load();
  await later.take(folderSource(folder('B', 3).handle));
  await later.session.answerQuestion('this');
  await later.idle();
  expect(later.state().batch?.total).toBeNull();
  expect(later.state()).toMatchObject({ batchPhotos: 'choose', batchAwaited: ['trip'] });
  await later.takeFiles('a.jpg', 'b.jpg', 'c.jpg', 'd.jpg');
  expect(names(later.state().batchRows)).toEqual(['a.jpg', 'b.jpg', 'b0.jpg', 'b1.jpg', 'b2.jpg', 'c.jpg', 'd.jpg']);
  expect(later.state().batch?.total).toBe(7);

  // All of it is done: another visit may add a folder without the earlier ones.
  const more = await load();
  await more.take(folderSource(folder('C', 2).handle));
  await more.session.answerQuestion('this');
  await more.idle();
  expect(more.state().batch?.total).toBe(9);
});

test('two folders dropped at once are chosen again one after the other', async () => {
  const dropped = (...names: string[]) =>
    names.flatMap((name) =>
      [1, 2, 3].map((i) => {
        const file = `${name}${i}.jpg`;
        return { path: `${name}/${file}`, file: new File(['x'], file, { lastModified: 1 }) };
      }),
    );
  const page = await load();
  engine.wrong.set('b2.jpg', 'DeviceLost');
  await page.take(filesSource(dropped('a', 'b')));
  engine.wrong.clear();
  const later = await load();
  await later.session.open();
  expect(later.state()).toMatchObject({ batchPhotos: 'choose', batchAwaited: ['a', 'b'] });
  await later.take(filesSource(dropped('a')));
  expect(later.state()).toMatchObject({ batchPhotos: 'choose', batchAwaited: ['b'], batch: { total: null } });
  await later.take(filesSource(dropped('b')));
  expect(later.state().batch?.total).toBe(6);
  expect(later.state().batchRows).toHaveLength(6);
});

test('a folder added to a batch that was stopped takes the stopped one up again', async () => {
  const page = await load();
  engine.wrong.set('a2.jpg', 'DeviceLost');
  engine.gate = pause(20);
  await page.take(folderSource(folder('A', 6).handle));
  engine.wrong.clear();
  await page.session.takePhotos(folderSource(folder('B', 2).handle));
  await page.session.answerQuestion('this');
  await page.idle();
  expect(page.state().batchRows).toHaveLength(8);
  expect(page.state().batch?.total).toBe(8);
});

test('stopping while an added folder is still being listed leaves the batch open', async () => {
  const page = await load();
  await page.takeFiles('a.jpg');
  expect(page.state().batch?.total).toBe(1);
  let listAll = () => {};
  const listed = new Promise<void>((resolve) => (listAll = resolve));
  const [first, second] = files('b.jpg', 'c.jpg').map(({ path, file }) => ({ key: path, path, file }));
  const slow = async function* () {
    if (first) yield first;
    // The first photos are looked at before the run begins.
    for (let i = 0; i < 300; i++) yield { key: `${i}`, path: `trip/${i}.jpg`, file: new File([], `${i}.jpg`) };
    await listed;
    if (second) yield second;
  };
  let answer = () => {};
  engine.gate = new Promise((resolve) => (answer = resolve));
  await page.session.takePhotos({ folder: 'trip', folders: ['trip'], handle: null, files: slow });
  await page.session.answerQuestion('this');
  await vi.waitFor(() => expect(page.state().batchProgress?.total).toBeGreaterThan(100));
  page.session.stop();
  answer();
  listAll();
  await page.idle();
  expect(page.state().batch).toMatchObject({ total: null, stopped: true });
});

test('a new batch over two chosen sources computes both', async () => {
  locks();
  const page = await load();
  await page.takeFiles('a.jpg', 'b.jpg');
  await pause(50);
  await page.takeFiles('a.jpg', 'c.jpg', 'd.jpg');
  await pause(50);
  engine.asked = [];
  engine.gate = pause(20);
  page.state().changeBatchSettings({ policy: { kind: 'warp' } });
  await page.session.beginAgain();
  await pause(50);
  await page.idle();
  expect(page.state().batchProblem).toBeNull();
  expect(engine.asked.toSorted()).toEqual(['a.jpg', 'b.jpg', 'c.jpg', 'd.jpg']);
});

test('a new batch over a folder of an earlier visit and one of this visit computes both', async () => {
  const [a, b] = [folder('A', 6), folder('B', 2)];
  a.permission = 'prompt';
  const { later } = await halfDone(a, 'a2.jpg');
  await later.session.takePhotos(folderSource(b.handle));
  await later.session.answerQuestion('this');
  await later.idle();
  engine.asked = [];
  await later.session.beginAgain();
  await later.idle();
  expect(engine.asked).toHaveLength(8);
});

test('asking twice to go on starts one run and shows no trouble', async () => {
  locks();
  const page = await load();
  engine.wrong.set('b.jpg', 'DeviceLost');
  await page.takeFiles('a.jpg', 'b.jpg', 'c.jpg');
  engine.wrong.clear();
  await Promise.all([page.session.goOn(), page.session.goOn()]);
  await page.idle();
  expect(page.state().batchProblem).toBeNull();
  expect(names(page.state().batchRows)).toEqual(['a.jpg', 'b.jpg', 'c.jpg']);
});

test('a batch stopped before it could begin does not begin', async () => {
  locks();
  const page = await load();
  await page.session.takePhotos(filesSource(files('a.jpg')));
  page.session.stop();
  await pause(20);
  expect(engine.asked).toEqual([]);
  expect(page.state()).toMatchObject({ batchProgress: null, batchProblem: null, batch: { stopped: true } });
  await page.session.goOn();
  await page.idle();
  expect(engine.asked).toEqual(['a.jpg']);
});

test('two drops at once are one batch; two that a question waits for are both answered', async () => {
  const page = await load();
  await Promise.all([page.takeFiles('a.jpg'), page.take(folderSource(folder('B', 2).handle))]);
  await page.idle();
  expect(names(page.state().batchRows)).toEqual(['a.jpg', 'b0.jpg', 'b1.jpg']);
  page.state().changeBatchSettings({ policy: { kind: 'crop' } });
  await page.take(folderSource(folder('C', 1).handle));
  await page.take(folderSource(folder('D', 1).handle));
  await page.session.answerQuestion('new');
  await page.idle();
  expect(names(page.state().batchRows)).toEqual(['c0.jpg', 'd0.jpg']);
});

test('what cannot be opened is a failed row with its reason, and so is a folder inside; the rest is computed', async () => {
  const made = new FakeFolder('A', { 'a.jpg': 'x', 'b.jpg': 'x', 'in/c.jpg': 'x', 'in/d.jpg': 'x', 'z.jpg': 'x' });
  disk.push(made);
  made.lock('a.jpg');
  made.lock('in');
  const page = await load();
  await page.take(folderSource(made.handle));
  expect(names(page.state().batchRows)).toEqual(['a.jpg', 'b.jpg', 'in', 'z.jpg']);
  expect(page.state().batch?.total).toBe(4);
  const failed = page.state().batchRows.filter(({ status }) => status === 'failed');
  expect(failed.map(({ path }) => path).toSorted()).toEqual(['A/a.jpg', 'A/in']);
  for (const { name, error } of failed) {
    expect(error?.message).toContain(`“${name}”`);
    expect(error?.message).toContain('Permission denied.');
  }

  made.lock('a.jpg', false);
  made.lock('in', false);
  const later = await load();
  await later.session.open();
  await later.session.retryFailed();
  await later.idle();
  expect(names(later.state().batchRows)).toEqual(['a.jpg', 'b.jpg', 'c.jpg', 'd.jpg', 'z.jpg']);
  expect(later.state().batchRows.every(({ status }) => status === 'done')).toBe(true);
});

test('a folder that is gone is told, and another one is computed all the same', async () => {
  const [a, b] = [folder('A', 6), folder('B', 3)];
  const { done, later } = await halfDone(a, 'a2.jpg');
  a.locked = true;
  await later.take(folderSource(b.handle));
  await later.session.answerQuestion('this');
  await later.idle();
  expect(later.state().batchRows).toHaveLength(done + 3);
  expect(later.state().batchProblem).toContain('“A”');
  expect(later.state().batch?.total).toBeNull();
});

test('trying again asks for the permission before it gives up what is there', async () => {
  const a = folder('A', 3);
  a.permission = 'prompt';
  a.answer = 'denied';
  const page = await load();
  engine.wrong.set('a1.jpg', 'UnreadableImage');
  await page.take(folderSource(a.handle));
  engine.wrong.clear();
  const later = await load();
  await later.session.open();
  await later.session.retryFailed();
  await later.idle();
  expect(later.state().batchRows.filter(({ status }) => status === 'failed')).toHaveLength(1);
  expect(later.state().batchProblem).toContain('again');
  const again = await load();
  await again.session.open();
  expect(again.state().batchRows).toHaveLength(3);

  // Chosen again, it can be read.
  a.permission = 'granted';
  await again.take(folderSource(a.handle));
  await again.session.retryFailed();
  await again.idle();
  expect(again.state().batchRows.map(({ status }) => status)).toEqual(['done', 'done', 'done']);
});
