/** What a smaller decoding does to the features, on the backend that runs where there is no GPU. More photos: reducedFeatures.long.browser.test.ts. */
import { beforeAll, expect, test } from 'vitest';
import { drawnJpeg } from '../../bench/drawnPhoto.ts';
import { cosine } from '../../core/cosine.ts';
import type { Decoding } from '../../core/model.ts';
import { toPolicy } from '../../core/size/sizing.ts';
import { Session } from '../session/session.ts';
import { ImagePath } from './imagePath.ts';

const session = new Session(new URL('/', location.href).href, 'wasm', () => {});
const path = new ImagePath(() => session);

beforeAll(async () => void (await session.switchTo('wasm')));

const looked = (blob: Blob, decoding: Decoding, kind: 'area' | 'native' = 'area', augmented = false) =>
  path.open({ blob, name: 'a.jpg', decoding }, {}, async (opened) => {
    const augmentation = augmented ? { options: { HorizontalFlip: { p: 1 } }, seed: 1 } : null;
    const { facts, reader } = await opened.view({ policy: toPolicy(kind), augmentation }, { backbone: 'embedded' });
    return { facts, data: reader.map?.data ?? new Float32Array() };
  });

test.each([
  [4000, 3000, 4],
  [2250, 4000, 4],
  [2403, 1606, 2],
])('features of %d × %d, decoded at 1/%d, are those of the whole', async (width, height, reduction) => {
  const blob = await drawnJpeg(width, height, width);
  const [whole, needed] = [await looked(blob, 'whole'), await looked(blob, 'needed')];
  expect(whole.facts.reduction).toBeUndefined();
  expect(needed.facts).toEqual({ ...whole.facts, reduction });
  const alike = cosine(whole.data, needed.data);
  expect(alike).toBeGreaterThanOrEqual(0.999);
  expect(alike).toBeLessThan(1);
});

test('the native size and augmented views are made of the whole', async () => {
  const blob = await drawnJpeg(2048, 256, 5);
  expect((await looked(blob, 'needed', 'native')).facts.reduction).toBeUndefined();
  expect((await looked(blob, 'needed', 'area', true)).facts.reduction).toBeUndefined();
});

test('a photo gives the same numbers whatever else is looked at while it is open', async () => {
  const blob = await drawnJpeg(2403, 1606, 7);
  const alone = await looked(blob, 'needed');
  const among = await path.open({ blob, name: 'a.jpg' }, {}, async (opened) => {
    for (const policy of [toPolicy({ kind: 'fit', side: 560 }), toPolicy({ kind: 'area', side: 224 })]) {
      await opened.view({ policy }, { backbone: 'embedded', preview: 'now', thumbnail: true });
    }
    return (await opened.view({ policy: toPolicy('area') }, { backbone: 'embedded' })).reader.map?.data;
  });
  expect(among).toEqual(alone.data);
});
