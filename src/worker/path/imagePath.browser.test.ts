/** The one path, shared by all that walks it: how often a photo is decoded, on the backend that runs where there is no GPU. */
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { CHANNELS } from '../../core/featureMap.ts';
import type { PyramidOptions } from '../../core/model.ts';
import { createRandom } from '../../core/random.ts';
import { unpackPhoto } from '../../core/recipe/packedPhoto.ts';
import { RunningMoments } from '../../core/recipe/runningMoments.ts';
import { sha256 } from '../../core/sha256.ts';
import { DEFAULT_MAX_PIXELS } from '../../core/size/policies/native.ts';
import { DEFAULT_POLICY } from '../../core/size/sizing.ts';
import type { VectorKind } from '../../core/training/features.ts';
import { Analyser, type Question } from '../classify/analyser.ts';
import { randomHead } from '../explain/fixtures.ts';
import { explainView } from '../finetune/explainView.ts';
import { Session } from '../session/session.ts';
import { ImagePath } from './imagePath.ts';
import { decodeRoom } from './pixels/decode.ts';
import { Vectors } from './vectors.ts';

const session = new Session(new URL('/', location.href).href, 'wasm', () => {});
const running = () => session;
const pyramid: PyramidOptions = { levels: [2, 1], rule: 'adaptive', pooling: 'max' };
const head = {
  ...randomHead(createRandom(3), 3, CHANNELS, pyramid, { sqrt: false, l2: 'vector', centre: true }),
  policy: DEFAULT_POLICY,
};
const kind: VectorKind = { kind: 'paper', pyramid };
const threes: VectorKind = { kind: 'paper', pyramid: { ...pyramid, levels: [3] } };
let blob: Blob;

beforeAll(async () => {
  await session.switchTo('wasm');
  const canvas = new OffscreenCanvas(640, 400);
  const drawing = canvas.getContext('2d')!;
  drawing.fillStyle = '#c43';
  drawing.fillRect(40, 60, 200, 300);
  blob = await canvas.convertToBlob();
});

/** Image files decoded so far: pictures made smaller are none. */
let decodes = 0;

beforeEach(() => {
  decodes = 0;
  const { createImageBitmap } = globalThis;
  vi.spyOn(globalThis, 'createImageBitmap').mockImplementation((source: ImageBitmapSource, ...more: unknown[]) => {
    if (source instanceof Blob) decodes++;
    return Reflect.apply(createImageBitmap, globalThis, [source, ...more]) as Promise<ImageBitmap>;
  });
});
afterEach(() => void vi.restoreAllMocks());

function question(more: Partial<Question['options']> = {}): Question {
  const options = { policy: DEFAULT_POLICY, pyramid, head: 'none' as const, maxPixels: DEFAULT_MAX_PIXELS, ...more };
  return { head, options, signal: new AbortController().signal };
}

const image = (key?: string) => ({ blob, name: 'a.png', ...(key === undefined ? {} : { key }) });

test('a photo that is analysed and then looked at, with whatever pyramid and class, is decoded once', async () => {
  const analyser = new Analyser(running, new ImagePath(running));
  const { analysis } = await analyser.analyse(image('1'), question({ thumbnail: true }), null);
  expect(decodes).toBe(1);
  const looked = await analyser.analyse(image('1'), question(), { classes: [0, 1] });
  expect(looked.analysis.facts).toEqual(analysis.facts);
  expect(looked.analysis.times.backbone).toBe(0);
  expect(looked.preview?.size).toBeGreaterThan(0);
  expect(looked.evidence).toHaveLength(3);
  await analyser.analyse(image('1'), question({ pyramid: { ...pyramid, levels: [4] } }), { classes: [] });
  expect(decodes).toBe(1);
  await analyser.analyse(image('1'), question({ policy: { kind: 'warp' } }), { classes: [] });
  expect(decodes).toBe(2);
});

test('the stages of a photo are told once each: together they take no longer than all of it', async () => {
  const canvas = new OffscreenCanvas(3200, 2400);
  canvas.getContext('2d')?.fillRect(100, 200, 900, 700);
  const large = await canvas.convertToBlob({ type: 'image/jpeg' });
  const photo = { blob: large, name: 'large.jpg', decoding: 'whole' as const };
  const { analysis } = await new Analyser(running, new ImagePath(running)).analyse(photo, question(), null);
  const { total, ...stages } = analysis.times;
  expect(stages.size).toBeGreaterThan(5);
  expect(Object.values(stages).reduce((sum, time) => sum + time)).toBeLessThanOrEqual(total + 1);
});

test('several sizes and the look at one of them take one decoding', async () => {
  const analyser = new Analyser(running, new ImagePath(running));
  const { analysis } = await analyser.analyse(image(), question({ scales: [96, 128, 'native'] }), { classes: [] });
  expect(analysis.scales).toHaveLength(3);
  expect(decodes).toBe(1);
});

test('training and explaining find the map that classifying made, under another key too', async () => {
  const path = new ImagePath(running);
  await new Analyser(running, path).analyse(image('in the list'), question(), null);
  const photo = { hash: await sha256(await blob.arrayBuffer()), image: image('in the set') };
  const view = { policy: DEFAULT_POLICY, augmentation: null };
  const signal = new AbortController().signal;
  const [vector] = await new Vectors(running, path).of(photo, [view], kind, signal);
  const explained = await path.open(photo.image, {}, async (opened) =>
    explainView(await opened.view(view, { backbone: 'embedded', preview: 'now' }), head, [0]),
  );
  expect(explained.activations[0]?.values.some((value) => value > 0)).toBe(true);
  expect(decodes).toBe(1);

  const alone = await new Vectors(running, new ImagePath(running)).of(photo, [view], kind, signal);
  expect(decodes).toBe(2);
  expect(vector).toEqual(alone[0]);
});

test('the middle layer is looked at where a head needs it, and only there', async () => {
  const looks = vi.spyOn(RunningMoments.prototype, 'add');
  const path = new ImagePath(running);
  await new Analyser(running, path).analyse(image('plain'), question(), null);
  expect(looks).not.toHaveBeenCalled();
  const photo = { hash: await sha256(await blob.arrayBuffer()), image: image('plain') };
  const anysize = { kind: 'anysize', sides: [] } as const;
  const signal = new AbortController().signal;
  const vectors = await new Vectors(running, path).of(photo, [{ policy: DEFAULT_POLICY }], anysize, signal);
  expect(looks).toHaveBeenCalled();
  const alone = await new Vectors(running, new ImagePath(running)).of(
    photo,
    [{ policy: DEFAULT_POLICY }],
    anysize,
    signal,
  );
  expect(vectors).toEqual(alone);
  expect(unpackPhoto(vectors[0] ?? new Float32Array()).middle.some((value) => value !== 0)).toBe(true);
  // With the middle layer at hand, a look that needs none takes no pass.
  const { analysis } = await new Analyser(running, path).analyse(image('plain'), question(), null);
  expect(analysis.times.backbone).toBe(0);
});

test('all views of a photo in training take one decoding, augmented ones leave nothing behind', async () => {
  const path = new ImagePath(running);
  const photo = { hash: 'abc', image: image('2') };
  const augmentation = { options: { HorizontalFlip: { p: 1 }, Resize: { p: 1, scaleMin: 0.5 } }, seed: 1 };
  const views = [{ policy: DEFAULT_POLICY }, { policy: DEFAULT_POLICY, augmentation }];
  const signal = new AbortController().signal;
  const [plain, flipped] = await new Vectors(running, path).of(photo, views, kind, signal);
  expect(decodes).toBe(1);
  expect(flipped).not.toEqual(plain);
  await new Vectors(running, path).of(photo, views.slice(0, 1), threes, signal);
  expect(decodes).toBe(1);
  await new Vectors(running, path).of(photo, views.slice(1), threes, signal);
  expect(decodes).toBe(2);
});

test('what has no key leaves nothing behind, and a huge picture is worth more than what is kept', async () => {
  const analyser = new Analyser(running, new ImagePath(running));
  await analyser.analyse(image(), question(), null);
  await analyser.analyse(image(), question(), null);
  expect(decodes).toBe(2);
  await analyser.analyse(image('3'), question(), null);
  (await decodeRoom.enter(300e6))();
  await analyser.analyse(image('3'), question(), null);
  expect(decodes).toBe(4);
});
