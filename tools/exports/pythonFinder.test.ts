import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BoxCollector } from '../../src/core/find/annotation.ts';
import { iou } from '../../src/core/find/boxes.ts';
import type { Find } from '../../src/core/find/model.ts';
import { readCoco } from '../../src/formats/boxes/coco.ts';
import { FINDERS, sampleFinder, sampleWindows } from '../../src/formats/finder/finderFixtures.ts';
import { finderMapsModel, finderWindowsModel } from '../../src/formats/finder/finderModel.ts';
import { findProgram } from '../../src/formats/finder/findProgram.ts';
import type { Backbone } from '../../src/worker/models/backbone.ts';
import { finderAnswer } from './finderAnswer.ts';
import { embeddedBackbone, embeddedGraph, syntheticImage } from './ourAnswer.ts';
import { sized } from './photoAnswers.ts';
import { png } from './png.ts';

/** A Python with onnxruntime, pillow and numpy, named by whoever wants these tests. */
const python = process.env['ANYSIZE_PYTHON'];
const runs = python !== undefined && spawnSync(python, ['-c', 'import onnxruntime, PIL']).status === 0;

const PHOTOS = [
  { height: 211, width: 340 },
  { height: 480, width: 97 },
];

describe.skipIf(!runs)('the Python program that finds, on ONNX Runtime (ANYSIZE_PYTHON)', () => {
  let backbone: Backbone;
  let folder: string;
  beforeAll(async () => {
    backbone = await embeddedBackbone();
    folder = await mkdtemp(join(tmpdir(), 'anysize-find-'));
    await writeFile(join(folder, 'anysize_find.py'), findProgram());
  }, 60_000);
  afterAll(async () => {
    backbone.dispose();
    await rm(folder, { recursive: true });
  });

  const run = async (...args: string[]) => {
    const program = join(folder, 'anysize_find.py');
    const { stdout } = await promisify(execFile)(python ?? '', [program, ...args], { maxBuffer: 2 ** 26 });
    return stdout.trim().split('\n');
  };

  const photo = async (i: number) => {
    const { height, width } = PHOTOS[i] ?? { height: 1, width: 1 };
    const rgb = Uint8Array.from(syntheticImage(height, width, i + 1).pixels, (value) => Math.round(value * 255));
    const path = join(folder, `${i}.png`);
    await writeFile(path, png(width, height, rgb));
    return { path, rgb, size: { height, width } };
  };

  const models = async (finder: ReturnType<typeof sampleFinder>) => {
    await writeFile(join(folder, 'maps.onnx'), finderMapsModel(finder, await embeddedGraph(), '0'));
    await writeFile(join(folder, 'windows.onnx'), finderWindowsModel(finder, '0'));
  };

  test.each(FINDERS)(
    '%s: the same boxes and scores from the same windows',
    { timeout: 120_000 },
    async (_, settings) => {
      const finder = sampleFinder(settings);
      await models(finder);
      const windows: Record<string, unknown> = {};
      const ours: Find[][] = [];
      const paths: string[] = [];
      for (const i of PHOTOS.keys()) {
        const { path, rgb, size } = await photo(i);
        const boxes = sampleWindows(size, i + 1);
        windows[basename(path)] = boxes;
        const image = sized(rgb, size.width, size.height, { kind: 'fit', side: settings.side });
        ours.push((await finderAnswer(backbone, finder, image, size, boxes)).finds);
        paths.push(path);
      }
      const proposals = join(folder, 'windows.json');
      await writeFile(proposals, JSON.stringify(windows));
      const lines = await run('--proposals', proposals, '--threshold=-1e9', ...paths);
      lines.forEach((line, i) => {
        const { finds, error } = JSON.parse(line) as { finds: Find[]; error?: string };
        expect(error).toBeUndefined();
        const wanted = ours[i] ?? [];
        expect(wanted.length).toBeGreaterThan(20);
        expect(finds).toHaveLength(wanted.length);
        // Equal scores to rounding may change places: each find has its own in the other list.
        for (const one of wanted) {
          const same = finds.filter(({ label, score }) => label === one.label && Math.abs(score - one.score) < 1e-3);
          expect(Math.max(...same.map(({ box }) => iou(box, one.box)))).toBeGreaterThan(0.99);
          expect(Math.min(...same.map(({ probability }) => Math.abs(probability - one.probability)))).toBeLessThan(
            1e-3,
          );
        }
      });
    },
  );

  test('on its own: windows of selective search or the grid, COCO, drawn boxes, and a photo that is none', async () => {
    await models(sampleFinder(FINDERS[0]?.[1] ?? expect.fail()));
    const { path } = await photo(0);
    const bad = join(folder, 'bad.png');
    await writeFile(bad, 'no photo');
    const drawn = join(folder, 'drawn');
    const text = (await run('--coco', '--draw', drawn, path, bad)).join('\n');
    const collector = new BoxCollector();
    readCoco(text, 'found.json', collector);
    const { photos } = collector.result();
    expect(photos.map(({ photo, size }) => ({ photo, size }))).toEqual([{ photo: '0.png', size: PHOTOS[0] }]);
    expect(photos[0]?.boxes.length).toBeGreaterThan(0);
    const file = await readFile(join(drawn, '0.png'));
    expect([file.readUInt32BE(16), file.readUInt32BE(20)]).toEqual([PHOTOS[0]?.width, PHOTOS[0]?.height]);
    const [good, failed] = (await run(path, bad)).map((line) => JSON.parse(line) as { finds?: Find[]; error?: string });
    expect(good?.finds?.length).toBeGreaterThan(0);
    expect(failed?.error).toMatch(/cannot identify/);
  });
});
