import { DEFAULT_POLICY, samePolicy } from '../size/sizing.ts';
import type { SizePolicy } from '../size/policies/policies.ts';
import { TWO_LOOKS } from './everyday.ts';

/** How often a head on the mean of the map looks at a photo. */
export type Looks = 1 | 2;

/**
 * The size policies at which a head on the mean looks at a photo, the one that was chosen first; the means are averaged. Two looks at the
 * default size are right more often than one (+3 to +6 points, everyday/TWO_LOOKS.md); at any other size that a person chose, one.
 * @param wanted 1 for the faster answer of one look
 */
export function looksAt(policy: SizePolicy, wanted: Looks = 2): [SizePolicy, ...SizePolicy[]] {
  if (wanted === 1 || !samePolicy(policy, DEFAULT_POLICY)) return [policy];
  const others = TWO_LOOKS.map((side): SizePolicy => ({ kind: 'area', side }));
  return [policy, ...others.filter((other) => !samePolicy(other, policy))];
}
