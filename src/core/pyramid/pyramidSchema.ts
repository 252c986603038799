import * as v from 'valibot';
import { MAX_LEVEL, type Pooling, type Rule } from './geometry.ts';
import { POOLINGS } from './poolings.ts';
import { RULES } from './rules/rules.ts';

const level = v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(MAX_LEVEL));

export const ruleSchema = v.picklist(RULES.map(({ kind }): Rule => kind));
export const poolingSchema = v.picklist(POOLINGS.map(({ kind }): Pooling => kind));

/** A pyramid as it stands in a file or in stored settings. */
export const pyramidSchema = v.object({
  levels: v.pipe(
    v.array(level),
    v.minLength(1),
    v.check((levels) => new Set(levels).size === levels.length, 'each level once'),
  ),
  rule: ruleSchema,
  pooling: poolingSchema,
});
