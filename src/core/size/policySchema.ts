import * as v from 'valibot';
import { POLICIES, type SizePolicy } from './policies/policies.ts';

const kinds = POLICIES.map(({ kind, parameters }) => {
  const numbers = Object.entries(parameters).map(([name, { min, max }]) => {
    const rule = `a size policy's ${name} is a whole number from ${min} to ${max}`;
    return [name, v.pipe(v.number(rule), v.safeInteger(rule), v.minValue(min, rule), v.maxValue(max, rule))];
  });
  return v.object({ kind: v.literal(kind), ...(Object.fromEntries(numbers) as v.ObjectEntries) });
});

/** A size policy as it stands in a file or in stored settings: each kind with all of its numbers, by its descriptor. */
export const policySchema = v.variant('kind', kinds) as v.GenericSchema<unknown, SizePolicy>;
