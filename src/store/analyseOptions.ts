import type { AnalyseOptions } from '../core/model.ts';
import { DEFAULT_MAX_PIXELS } from '../core/size/policies/native.ts';
import type { Settings } from './settings.ts';

/** What the engine is asked for under the settings chosen. */
export function analyseOptions({
  policy,
  pyramid,
  head,
  minSide,
  scales,
  looks,
}: Pick<Settings, 'policy' | 'pyramid' | 'head' | 'minSide' | 'scales' | 'looks'>): AnalyseOptions {
  return {
    policy,
    pyramid,
    head,
    maxPixels: DEFAULT_MAX_PIXELS,
    looks,
    ...(minSide > 0 ? { minSide } : {}),
    // Without a head there is nothing to average.
    ...(scales.length > 0 && head !== 'none' ? { scales: [...scales] } : {}),
  };
}
