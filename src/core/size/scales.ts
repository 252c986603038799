import { AnysizeError } from '../errors.ts';
import type { Scale, SizePolicy } from '../model.ts';
import { DEFAULT_MAX_PIXELS } from './policies/native.ts';
import { toPolicy } from './sizing.ts';

/**
 * The size policy of one scale: shorter side of so many pixels, or the image's own size.
 * @param policy a `native` policy's own limit of pixels holds for the scale `native`
 * @throws AnysizeError `BadArgument` for a scale that is none
 */
export function policyOfScale(scale: Scale, policy: SizePolicy): SizePolicy {
  if (scale !== 'native') return toPolicy({ kind: 'fit', side: scale });
  return policy.kind === 'native' ? policy : { kind: 'native', maxPixels: DEFAULT_MAX_PIXELS };
}

/** @throws AnysizeError `BadArgument` where there is no scale, or one twice */
export function checkScales(scales: readonly Scale[]): void {
  if (scales.length === 0 || new Set(scales).size !== scales.length) {
    throw new AnysizeError(
      'BadArgument',
      `scales are one or more different sides in pixels or "native"; got [${scales.join(', ')}]`,
    );
  }
}
