import type { Box } from '../../core/find/boxes.ts';
import { partEnds } from '../../core/find/finderMaps.ts';
import type { Finder } from '../../core/find/model.ts';
import { gridWindows } from '../../core/find/proposals/gridWindows.ts';
import { DEFAULT_FINDER, type FinderSettings, PAPER_FINDER, WINDOW_PYRAMIDS } from '../../core/find/settings.ts';
import type { Size } from '../../core/model.ts';
import { createRandom } from '../../core/random.ts';

const SMALL = { ...DEFAULT_FINDER, side: 160 };

/** For tests: every form in which a finder can be chosen, at a size that takes no time. */
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

/** For tests: a finder of random numbers, of about the size that training gives. */
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
    threshold: k === 0 ? 0 : -0.2,
  }));
  return { id: 'sample', name: 'raccoons & birds', classes, settings };
}

/** For tests: windows of a grid, and others: of any size, a pixel wide, at the borders, reaching over them. */
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
