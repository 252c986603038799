import type { PyramidOptions } from '../model.ts';
import { RULES, ruleOf } from './rules/rules.ts';

/** "[4, 2, 1] max", and the rule where it is not the usual one: "[6, 1] mean, paper rule". */
export function pyramidWords({ levels, rule, pooling }: PyramidOptions): string {
  const words = `[${levels.join(', ')}] ${pooling}`;
  return ruleOf(rule).kind === RULES[0].kind ? words : `${words}, ${rule} rule`;
}
