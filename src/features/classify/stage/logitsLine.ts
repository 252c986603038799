import type { LogitFacts } from '../../../core/model.ts';
import { policyName } from '../../../core/size/sizing.ts';

/** How the percentages come about: "two looks (Whole photo 300, Whole photo 224), logits × 2.03". */
export function logitsLine({ looks, factor }: LogitFacts): string {
  const times = factor === 1 ? 'calibrated' : `logits × ${factor.toFixed(2)}`;
  return `${looks.length === 1 ? 'one look' : 'two looks'} (${looks.map(policyName).join(', ')}), ${times}`;
}
