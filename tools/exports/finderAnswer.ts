import type { Backbone } from '../../src/worker/models/backbone.ts';
import { applyOffsets } from '../../src/core/find/boxRegression.ts';
import type { Box } from '../../src/core/find/boxes.ts';
import { detect } from '../../src/core/find/detect.ts';
import { scoresOf, splitScores } from '../../src/core/find/learn/learnFinder.ts';
import type { Find, Finder } from '../../src/core/find/model.ts';
import type { Size } from '../../src/core/model.ts';
import { bothMaps } from '../../src/worker/find/bothMaps.ts';
import { windowScores } from '../../src/worker/find/windows.ts';
import { heldPixels } from '../../src/worker/path/pixels/pixelSource.ts';
import type { Session } from '../../src/worker/session/session.ts';
import type { TestImage } from './ourAnswer.ts';

/** What the app says of a photo's windows. */
export interface FinderAnswer {
  /** Per class, of each window. */
  scores: Float32Array[];
  /** Per class, each window as its regressor moves it, in pixels of the photo. */
  regressed: Box[][];
  finds: Find[];
}

/**
 * The app's own path.
 * @param image what the model sees of the photo
 */
export async function finderAnswer(
  embedded: Backbone,
  { classes, settings }: Finder,
  image: TestImage,
  photo: Size,
  windows: readonly Box[],
): Promise<FinderAnswer> {
  type Work = (models: { embedded: Backbone }, info: { name: string }) => Promise<unknown>;
  const session = {
    pixelBudget: Infinity,
    compute: (work: Work) => work({ embedded }, { name: 'wasm' }),
  } as unknown as Session;
  const maps = await bothMaps(session, photo, heldPixels(image.pixels, image));
  const values = await windowScores(session, maps, windows, classes.flatMap(scoresOf), settings);
  const split = splitScores(classes, values);
  const regressed = split.offsets.map((offsets) =>
    windows.map((box, i): Box => {
      const [tx = 0, ty = 0, tw = 0, th = 0] = offsets?.subarray(4 * i, 4 * i + 4) ?? [];
      return applyOffsets(box, [tx, ty, tw, th], photo);
    }),
  );
  return { scores: split.scores, regressed, finds: detect({ boxes: windows, ...split }, photo, classes, settings) };
}
