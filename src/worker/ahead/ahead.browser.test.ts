/** Photos made ready by other workers, in a real browser: the same to the bit. */
import { expect, test } from 'vitest';
import type { SizePolicy } from '../../core/model.ts';
import { Picture } from '../path/Picture.ts';
import { sizedView, type View } from '../path/view.ts';
import { drawn, workers } from './aheadFixtures.ts';
import type { ReadyPhoto } from './ready.ts';

const policy: SizePolicy = { kind: 'area', side: 64 };

test('what another worker makes ready is what the engine would have made, to the bit', async () => {
  const augmentation = { options: { HorizontalFlip: { p: 1 } }, seed: 3 };
  const views: View[] = [{ policy }, { policy: { kind: 'warp' } }, { policy, augmentation }];
  // Large enough to be decoded smaller than it is, for the views that are not augmented.
  const image = { blob: await drawn(1, 2400, 1800, 'image/jpeg'), name: 'a.jpg' };
  const ahead = workers();
  const asked = ahead.photo({ image, views, mostPixels: 1e6, thumbnail: true, preview: true });
  const ready = await asked.ready();
  expect(ready?.views).toHaveLength(3);
  const picture = new Picture(image, {});
  for (const [i, view] of views.entries()) {
    const decoded = await picture.decoded(view, 1e6);
    const { plan, source } = sizedView(decoded, view);
    const made = ready?.views[i];
    expect(made?.plan).toEqual(plan);
    expect(made?.facts).toEqual(decoded.facts);
    expect(made?.pixels).toEqual(source.read({ x: 0, y: 0, ...source.size }));
  }
  expect(ready?.views[0]?.facts.reduction).toBeGreaterThan(1);
  picture.close();
  for (const blob of [ready?.thumbnail, ready?.preview]) expect(blob?.type).toBe('image/jpeg');

  const toEngine = async (most: number, blob: Blob): Promise<ReadyPhoto | null> =>
    ahead
      .photo({ image: { blob, name: 'b' }, views: [{ policy }], mostPixels: most, thumbnail: false, preview: false })
      .ready();
  // What comes in tiles, and what is no image, is the engine's.
  expect(await toEngine(4000, image.blob)).toBeNull();
  expect(await toEngine(1e6, new Blob(['no image']))).toBeNull();
});
