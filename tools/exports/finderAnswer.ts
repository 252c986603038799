import type { Backbone } from '../../src/worker/models/backbone.ts';
import { applyOffsets } from '../../src/core/find/boxRegression.ts';
import type { Box } from '../../src/core/find/boxes.ts';
import { detect } from '../../src/core/find/detect.ts';
import { partEnds } from '../../src/core/find/finderMaps.ts';
import { scoresOf, splitScores } from '../../src/core/find/learn/learnFinder.ts';
import type { Find, Finder } from '../../src/core/find/model.ts';
import { gridWindows } from '../../src/core/find/proposals/gridWindows.ts';
import { DEFAULT_FINDER, type FinderSettings, PAPER_FINDER, WINDOW_PYRAMIDS } from '../../src/core/find/settings.ts';
import type { Size } from '../../src/core/model.ts';
import { createRandom } from '../../src/core/random.ts';
import { bothMaps } from '../../src/worker/find/bothMaps.ts';
import { windowScores } from '../../src/worker/find/windows.ts';
import { heldPixels } from '../../src/worker/path/pixels/pixelSource.ts';
import type { Session } from '../../src/worker/session/session.ts';
import type { TestImage } from './ourAnswer.ts';

const SMALL = { ...DEFAULT_FINDER, side: 160 };

/** Every form in which a finder can be chosen, at a size that takes no time. */
export const FINDERS: readonly [name: string, settings: FinderSettings][] = [
  ...WINDOW_PYRAMIDS.map((levels): [string, FinderSettings] => [
    `[${levels.join(', ')}] on both maps`,
    { ...SMALL, levels: [...levels] },
  ]),
  ['the last map only', { ...SMALL, maps: ['last'] }],
  ['the middle map only', { ...SMALL, maps: ['middle'], side: 131 }],
  ['no voting, no regressor', { ...SMALL, voting: false, regressor: null }],
  ['as in the paper', { ...PAPER_FINDER, side: 200 }],
];

/** A finder of random numbers, of about the size that training gives. */
export function sampleFinder(settings: FinderSettings, seed = 7): Finder {
  const random = createRandom(seed);
  const length = partEnds(settings).at(-1) ?? 0;
  const values = (count: number, size: number) => Float32Array.from({ length: count }, () => size * random.normal());
  const classes = ['a “raccoon”', 'Großer <b>Vogel</b>'].map((name, k) => ({
    name,
    weights: values(length, 1.5),
    bias: random.normal(),
    regressor: settings.regressor && {
      weights: values(4 * length, 0.2),
      bias: Array.from(values(4, 0.1)),
    },
    platt: { slope: 1.5 + k, offset: -0.3 },
    threshold: -0.2 * k,
  }));
  return { id: 'sample', name: 'raccoons & birds', classes, settings };
}

/** Windows of a grid, and others: of any size, a pixel wide, at the borders, reaching over them. */
export function sampleWindows({ width, height }: Size, seed = 3): Box[] {
  const random = createRandom(seed);
  const others = Array.from({ length: 60 }, (): Box => {
    const [w, h] = [random.uniform(1, width), random.uniform(1, height)];
    const [x, y] = [random.uniform(0, width - w), random.uniform(0, height - h)];
    return [x, y, x + w, y + h];
  });
  const odd: Box[] = [
    [0, 0, 1, 1],
    [width - 1, height - 1, width, height],
    [width / 2, 0, width / 2 + 0.25, height],
    [-5, -5, width + 5, 3],
  ];
  return [...gridWindows({ width, height }, 80), ...others, ...odd];
}

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
