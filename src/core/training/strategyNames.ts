import type { SizePolicy } from '../model.ts';
import { policyName } from '../size/sizing.ts';
import type { Strategy } from './model.ts';

/**
 * What a strategy of a comparison is called, in charts and in sentences: "Crop 224, global mean".
 * @param policy the size policy that was chosen; null where it is not known
 */
export function strategyName(strategy: Strategy, policy: SizePolicy | null): string {
  if (strategy === 'crop' || strategy === 'warp') return `${policyName({ kind: strategy })}, global mean`;
  if (strategy === 'plain') return 'Our features, no pyramid';
  if (strategy === 'auto') return 'Our features, pyramid by the photos';
  const chosen = policy ? policyName(policy) : 'Chosen size';
  return strategy === 'mean' ? `${chosen}, global mean` : `${chosen}, pyramid (SPP)`;
}
