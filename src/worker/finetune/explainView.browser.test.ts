/** A map that passes by in tiles explains an answer as the whole map does, on the backend that runs where there is no GPU. */
import { expect, test } from 'vitest';
import { randomHead } from '../explain/fixtures.ts';
import type { SizedView } from '../path/keptViews.ts';
import { type MapReader, PassingMap, WholeMap } from '../path/mapReader.ts';
import { heldPixels } from '../path/pixels/pixelSource.ts';
import type { PyramidOptions } from '../../core/model.ts';
import { Session } from '../session/session.ts';
import { planSize } from '../../core/size/sizing.ts';
import { wholeMap } from '../path/tiles/tiledPath.ts';
import { createRandom } from '../../core/random.ts';
import { explainView } from './explainView.ts';

const size = { width: 833, height: 301 };
const pixels = Float32Array.from({ length: size.width * size.height * 3 }, (_, i) => ((i * 53) % 211) / 210);
/** Three tiles of 17 cells and more. */
const budget = 640 * 301;

/** The picture as it is, read by this reader. */
function viewOf(reader: MapReader): SizedView {
  const plan = planSize(size, { kind: 'native', maxPixels: 1e6 });
  return { facts: { ...size, format: 'PNG', bytes: 1 }, plan, reader, thumbnail: null, preview: null };
}

test.each<PyramidOptions>([
  { levels: [4, 2, 1], rule: 'adaptive', pooling: 'max' },
  { levels: [2, 1], rule: 'adaptive', pooling: 'mean' },
])('$levels $pooling', async (pyramid) => {
  const session = new Session(new URL('/', location.href).href, 'wasm', () => {});
  await session.switchTo('wasm');
  const source = heldPixels(pixels, size);
  const { map, tiles } = await wholeMap(session, 'embedded', source, { budget });
  expect(tiles?.count).toBeGreaterThan(1);
  const running = () => session;
  const head = randomHead(createRandom(3), 3, map.channels, pyramid, { sqrt: false, l2: 'vector', centre: true });
  const whole = await explainView(viewOf(new WholeMap(running, map, null, tiles)), head, [0, 2]);
  const passing = new PassingMap(running, 'embedded', map, async () => source);
  const passed = await explainView(viewOf(passing), head, [0, 2]);
  expect(passed.map).toEqual(whole.map);
  expect(passed.activations.map(({ index }) => index)).toEqual([0, 2]);
  for (const [k, expected] of whole.activations.entries()) {
    const ours = passed.activations[k]!;
    expect(ours.score).toBeCloseTo(expected.score, 5);
    for (const name of ['values', 'located'] as const) {
      const range = Math.max(...expected[name]) - Math.min(...expected[name]);
      expect(range).toBeGreaterThan(0);
      const most = expected[name].reduce((far, value, i) => Math.max(far, Math.abs(value - (ours[name][i] ?? NaN))), 0);
      expect(most / range).toBeLessThanOrEqual(1e-3);
    }
  }
});
