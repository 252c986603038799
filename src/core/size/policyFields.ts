import { descriptorOf, toPolicy } from './sizing.ts';
import type { Parameter } from './policies/descriptor.ts';
import type { SizePolicy } from './policies/policies.ts';

/** One number of a policy as a form asks for it; `value`, `min` and `max` in `unit`. */
export interface PolicyField {
  name: string;
  label: string;
  unit: string;
  /** What stands behind the value: its unit, or what makes a square of it. */
  after: string;
  min: number;
  max: number;
  /** The least difference that counts. */
  step: number;
  value: number;
}

function shown({ field: { per, decimals } }: Parameter, value: number): number {
  return Number((value / per).toFixed(decimals));
}

/** What a form asks for under a policy; nothing where it has no numbers. */
export function policyFields(policy: SizePolicy): PolicyField[] {
  const values: Readonly<Record<string, unknown>> = policy;
  return Object.entries(descriptorOf(policy).parameters).map(([name, parameter]) => {
    const { label, unit, square, min, max, decimals } = parameter.field;
    const value = shown(parameter, Number(values[name]));
    const after = square ? `× ${value} ${unit}` : unit;
    return { name, label, unit, after, min, max, step: 10 ** -decimals, value };
  });
}

/** The policy with one of its numbers changed in a form. What reads like the default is the default, to the last digit. */
export function withField(policy: SizePolicy, name: string, value: number): SizePolicy {
  const parameter = descriptorOf(policy).parameters[name];
  if (!parameter) return policy;
  const usual = parameter.default;
  const exact = value === shown(parameter, usual) ? usual : Math.round(value * parameter.field.per);
  return toPolicy({ ...policy, [name]: exact });
}
