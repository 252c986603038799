import type { Size, SizePolicy } from '../../../core/model.ts';
import type { Rule } from '../../../core/pyramid/geometry.ts';
import { policyFields, withField } from '../../../core/size/policyFields.ts';
import { planSize, toPolicy } from '../../../core/size/sizing.ts';
import { ruleProblems } from './ruleProblems.ts';

/** How far from the side chosen another is looked for, in pixels. */
const REACH = 400;

/**
 * The size nearest to the one chosen at which the rule gives n bins at every level: the same policy with another side; for one that has no
 * side, an area of about as many pixels. Null where none is near, as for an image one pixel high.
 */
export function nearestSize(image: Size, policy: SizePolicy, levels: readonly number[], rule: Rule): SizePolicy | null {
  const hasSide = policyFields(policy).some(({ name }) => name === 'side');
  const { input } = planSize(image, policy);
  const asked = hasSide ? policy : toPolicy('area');
  const field = policyFields(asked).find(({ name }) => name === 'side');
  if (!field) return null;
  const start = hasSide ? field.value : Math.round(Math.sqrt(input.width * input.height));
  for (let away = 0; away <= REACH; away++) {
    for (const side of [start + away, start - away]) {
      if (side < field.min || side > field.max) continue;
      const candidate = withField(asked, 'side', side);
      if (ruleProblems(planSize(image, candidate).input, levels, rule).length === 0) return candidate;
    }
  }
  return null;
}
