import type { AnalyseOptions } from '../core/model.ts';
import { DEFAULT_MAX_PIXELS } from '../core/size/policies/native.ts';
import { DEFAULT_POLICY } from '../core/size/sizing.ts';

/** How a photo is answered in all benches: as the page's lists do by default. */
export const BENCH_OPTIONS: AnalyseOptions = {
  policy: DEFAULT_POLICY,
  pyramid: { levels: [4, 2, 1], rule: 'adaptive', pooling: 'max' },
  head: 'everyday',
  maxPixels: DEFAULT_MAX_PIXELS,
  thumbnail: true,
};
