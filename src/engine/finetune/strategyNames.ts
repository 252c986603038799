import type { SizePolicy } from '../protocol.ts';
import type { Strategy } from './protocol.ts';

/** A size policy by the names that the page's options have: "Area 300", "Crop 224", "Native". */
export function policyName(policy: SizePolicy): string {
  const name = policy.kind.charAt(0).toUpperCase() + policy.kind.slice(1);
  if (policy.kind === 'native') return name;
  return `${name} ${'side' in policy ? policy.side : 224}`;
}

/**
 * What a strategy of a comparison is called, in charts and in sentences: "Crop 224, global mean".
 * @param policy the size policy that was chosen; null where it is not known
 */
export function strategyName(strategy: Strategy, policy: SizePolicy | null): string {
  if (strategy === 'crop' || strategy === 'warp') return `${policyName({ kind: strategy })}, global mean`;
  const chosen = policy ? policyName(policy) : 'Chosen size';
  return strategy === 'mean' ? `${chosen}, global mean` : `${chosen}, pyramid (SPP)`;
}
