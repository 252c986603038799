import type { PyramidOptions } from '../../../core/model.ts';

/** "[4, 2, 1] max", and the rule where it is not the usual one. */
export function pyramidWords({ levels, rule, pooling }: PyramidOptions): string {
  return `[${levels.join(', ')}] ${pooling}${rule === 'paper' ? ' by the paper rule' : ''}`;
}
