import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  type Anything,
  exchanged,
  manifestOf,
  MemorySink,
  read,
  refused,
  tampered,
  tamperedRun,
  written,
} from './projectFileFixtures.ts';
import { zipOf } from '../zip/zipFixtures.ts';
import { PROJECT_LIMITS, readProjectFile } from './projectFileRead.ts';

const HOSTILE = join(resolve(process.env['ANYSIZE_SHARED'] ?? '../shared'), 'images/hostile/zips');

describe('a project file', () => {
  test.each<[string, (manifest: Anything) => unknown, RegExp]>([
    ['a newer version', (m) => ({ ...m, version: 4 }), /version 4.*reload/],
    ['another format', (m) => ({ ...m, format: 'x' }), /does not say/],
    ['no object', () => [1], /does not say/],
    ['a path that climbs', (m) => void (m.photos[0].file = '../../etc/passwd'), /photos\.0\.file.*not a path inside/],
    ['an absolute path', (m) => void (m.photos[0].file = '/etc/passwd'), /not a path inside/],
    ['a drive', (m) => void (m.runs[0].head.file = 'C:/x'), /not a path inside/],
    ['a photo of no class', (m) => void (m.photos[0].class = 'z'), /of no class/],
    ['one id twice', (m) => void (m.photos[1].id = 1), /stands twice/],
    ['one file twice', (m) => void (m.photos[1].file = m.photos[0].file), /two photos are one file/],
    ['a class twice', (m) => void (m.classes[1].id = 'a'), /stands twice/],
    ['an id that is markup', (m) => void (m.runs[0].run.id = '<b>'), /not an id/],
    ['a number beyond all', (m) => void (m.runs[0].run.threshold = 7), /threshold/],
    ['metrics of other classes', (m) => void m.runs[0].run.metrics.perClass.pop(), /do not fit its classes/],
    ['a prediction beyond the classes', (m) => void (m.runs[0].run.predictions[0].predicted = 5), /do not fit/],
    ['a photo of no class and not in Find', (m) => void (m.photos[4].scene = null), /of no class/],
    ['a box of no class', (m) => void (m.photos[0].scene.boxes[0].classId = 'z'), /a box is of no class/],
    ['a box without extent', (m) => void (m.photos[0].scene.boxes[0].box = [4, 4, 4, 9]), /without extent/],
    ['a box of text', (m) => void (m.photos[0].scene.boxes[0].box = ['4', 4, 5, 9]), /boxes\.0\.box/],
    ['two things of one name', (m) => void (m.find.classes[1].name = 'cat'), /two classes have one name/],
    ['a thing without a name', (m) => void (m.find.classes[1].name = ' '), /without a name/],
    ['a map that there is not', (m) => void (m.find.settings.maps = ['first']), /settings\.maps/],
    ['windows without end', (m) => void (m.find.settings.proposals.max = 1e9), /proposals\.max/],
    ['a finder twice', (m) => void m.finders.push(m.finders[0]), /finder stands twice/],
    ['a level of 0', (m) => void (m.runs[0].run.vectors.pyramid.levels = [0]), /levels/],
  ])('with %s is refused', async (_what, change, message) => {
    await expect(read(await tampered(change))).rejects.toMatchObject(refused(message));
  });

  test.each<[string, (run: Anything) => unknown, RegExp]>([
    ['an id that is markup', (r) => void (r.id = '<b>'), /not an id/],
    ['another id', (r) => void (r.id = 'r2'), /of another run/],
    ['a number beyond all', (r) => void (r.threshold = 7), /threshold/],
    ['metrics of other classes', (r) => void r.metrics.perClass.pop(), /do not fit its classes/],
    ['no run in it', () => [], /runs\/r1\.json is wrong/],
  ])('a run with %s is left out, the rest stays', async (_what, change, message) => {
    const { runs, photos, heads, notices } = await read(await tamperedRun(change));
    expect([runs.length, photos.length, heads.length]).toEqual([0, 5, 1]);
    expect(notices).toEqual([expect.stringMatching(/The run “Run 1” was left out: its runs\/r1\.json /)]);
    expect(notices[0]).toMatch(message);
  });

  test('a run that is none, or is gone, is left out; one that is larger than is taken is refused', async () => {
    expect((await read(await exchanged({ 'runs/r1.json': '{' }))).notices).toEqual([expect.stringMatching(/not JSON/)]);
    expect((await read(await exchanged({ 'runs/r1.json': null }))).notices).toEqual([
      expect.stringMatching(/not in the zip/),
    ]);
    const zip = await exchanged({ 'runs/r1.json': ' '.repeat(2_000_000) });
    const limits = { ...PROJECT_LIMITS, fileBytes: 1_000_000 };
    await expect(readProjectFile(zip, 'p.zip', new MemorySink(), { limits })).rejects.toMatchObject(
      refused(/r1\.json.*passes the limit of 1 MB/),
    );
  });

  test('JSON that is none, or is deep, is refused', async () => {
    for (const text of ['{', '', '['.repeat(100_000), '{"format":"anysize-project","version":1e999}']) {
      await expect(read(await zipOf({ 'project.json': text }))).rejects.toMatchObject(refused(/project\.json/));
    }
  });

  test('a prototype in the JSON stays text', async () => {
    const manifest = await manifestOf(await written());
    const json = JSON.stringify(manifest).replace('{', '{"__proto__":{"polluted":true},');
    await read(await exchanged({ 'project.json': json }));
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test('two files of one name are refused', async () => {
    const files = await zipOf({ 'a/1.jpg': 'x', 'a/2.jpg': 'y' });
    const bytes = Buffer.from(await files.arrayBuffer());
    for (let at = bytes.indexOf('a/2.jpg'); at >= 0; at = bytes.indexOf('a/2.jpg')) bytes.write('a/1.jpg', at);
    await expect(read(new Blob([bytes]))).rejects.toMatchObject(refused(/two files named/));
  });

  test('bombs are stopped while they unpack, whatever they claim', async () => {
    const bomb = await zipOf({ 'a/zeros.jpg': new Uint8Array(4_000_000) }, 9);
    await expect(read(bomb)).rejects.toMatchObject(refused(/packed 100 times smaller/));
    const limits = { ...PROJECT_LIMITS, totalBytes: 1500 };
    const many = await zipOf({ 'a/1.jpg': new Uint8Array(1000), 'a/2.jpg': new Uint8Array(1000) });
    await expect(readProjectFile(many, 'p.zip', new MemorySink(), { limits })).rejects.toMatchObject(
      refused(/a\/2\.jpg.*passes the limit of 500 bytes/),
    );
    const few = { ...PROJECT_LIMITS, entries: 1 };
    await expect(readProjectFile(many, 'p.zip', new MemorySink(), { limits: few })).rejects.toMatchObject(
      refused(/more than 1 files/),
    );
  });

  test('a photo of a plain zip whose bytes are damaged is left out, the others stay', async () => {
    const bytes = Buffer.from(await (await zipOf({ 'a/1.jpg': 'first', 'b/2.jpg': 'second' })).arrayBuffer());
    bytes.write('F', bytes.indexOf('first'));
    const sink = new MemorySink();
    const { photos, notices } = await read(new Blob([bytes]), sink);
    expect(photos.map(({ name }) => name)).toEqual(['2.jpg']);
    expect([...sink.all.values()]).toEqual(['second']);
    expect(notices).toEqual(['1 photo was left out: damaged or locked.']);
  });
});

describe.skipIf(!existsSync(HOSTILE))('hostile zips', () => {
  const outcomes: Record<string, { refused: RegExp } | { photos: string[]; notices?: string[] }> = {
    'bomb_1GB.zip': { refused: /zeros\.jpg.*packed 100 times smaller/ },
    'empty.zip': { refused: /no project and no photos/ },
    'good_2class.zip': { photos: ['rose/1.jpg', 'rose/2.jpg', 'tulip/1.png'] },
    'mac_junk.zip': { photos: ['a/1.jpg'] },
    'nested.zip': { refused: /no project and no photos/ },
    'proto_class.zip': { photos: ['__proto__/1.jpg', 'constructor/1.jpg'] },
    'truncated.zip': { refused: /cut short/ },
    'zip_slip.zip': { photos: ['evil/1.jpg', 'abs/1.jpg', 'x/1.jpg', 'ok/1.jpg'] },
  };

  test('are all expected here', () => {
    expect(readdirSync(HOSTILE).sort()).toEqual(Object.keys(outcomes).sort());
  });

  test.each(Object.entries(outcomes))('%s', { timeout: 60_000 }, async (name, outcome) => {
    const zip = new Blob([readFileSync(join(HOSTILE, name))]);
    if ('refused' in outcome) {
      await expect(readProjectFile(zip, name, new MemorySink())).rejects.toMatchObject(refused(outcome.refused));
      return;
    }
    const project = await readProjectFile(zip, name, new MemorySink());
    const className = new Map(project.classes.map(({ id, name }) => [id, name]));
    expect(project.photos.map(({ classId, name }) => `${className.get(classId ?? '')}/${name}`)).toEqual(
      outcome.photos,
    );
    expect(project.notices).toEqual([]);
  });
});
