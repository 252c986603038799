import { adaptive } from './adaptive.ts';
import type { RuleDescriptor } from './descriptor.ts';
import { paper } from './paper.ts';

/** Every pyramid rule, as menus list them. A new one is one more file here, and one more name in this list. */
export const RULES = [adaptive, paper] as const;

/** How bins are laid over a side: `adaptive` (He et al. 2014, Appendix A) or `paper` (window ceil(a/n), stride floor(a/n)). */
export type Rule = (typeof RULES)[number]['kind'];

const descriptors: ReadonlyMap<string, RuleDescriptor> = new Map(RULES.map((rule) => [rule.kind, rule]));

/** @throws RangeError for a rule that is none */
export function ruleOf(kind: Rule): RuleDescriptor {
  const descriptor = descriptors.get(kind);
  if (!descriptor) throw new RangeError(`rule is ${namesOf(RULES)}; got ${String(kind)}`);
  return descriptor;
}

/** "“a” or “b”", for messages. */
export function namesOf(list: readonly { kind: string }[]): string {
  return new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(list.map(({ kind }) => `"${kind}"`));
}
