import type { PolicyDescriptor } from '../core/size/policies/descriptor.ts';
import { POLICIES, type SizePolicy } from '../core/size/policies/policies.ts';
import { descriptorOf } from '../core/size/sizing.ts';

const PYTHON_INTO = [
  'def into(budget, w, h):',
  '    """The largest size [width, height] of this shape with at most so many pixels."""',
  '    scale = (budget / (w * h)) ** 0.5',
  '    short = max(1, int(min(w, h) * scale))',
  '    long = max(1, min(int(max(w, h) * scale), budget // short))',
  '    return (short, long) if w <= h else (long, short)',
  '',
  '',
];

const JAVASCRIPT_INTO = [
  'const into = (budget, w, h) => { // the largest size of this shape with at most so many pixels',
  '  const scale = Math.sqrt(budget / (w * h));',
  '  const short = Math.max(1, Math.floor(Math.min(w, h) * scale));',
  '  const long = Math.max(1, Math.min(Math.floor(Math.max(w, h) * scale), Math.floor(budget / short)));',
  '  return w <= h ? [short, long] : [long, short];',
  '};',
];

/** Lines with a helper before them where they call it. */
function withInto(into: readonly string[], lines: readonly string[]): string[] {
  return lines.some((line) => line.includes('into(')) ? [...into, ...lines] : [...lines];
}

/** A size policy as a literal in Python and in JavaScript: its kind and its numbers only, whatever else came with it. */
export function policyLiteral(policy: SizePolicy): string {
  const { kind, parameters } = descriptorOf(policy);
  const values: Readonly<Record<string, unknown>> = policy;
  const parts = Object.keys(parameters).map((name) => `"${name}": ${Number(values[name])}`);
  return `{${[`"kind": "${kind}"`, ...parts].join(', ')}}`;
}

/** A Python function `plan(w, h, policy)` that does what planSize does (core/size/sizing.ts), for these policies. */
export function pythonPlan(policies: readonly PolicyDescriptor[] = POLICIES): string {
  const branches = policies.flatMap(({ kind, exported: { python } }, i) => [
    `    ${i === 0 ? 'if' : 'elif'} policy["kind"] == "${kind}":`,
    ...python.map((line) => `        ${line}`),
  ]);
  return withInto(PYTHON_INTO, [
    'def plan(w, h, policy):',
    '    """The kept box [left, top, right, bottom] and the size [width, height] that a size policy gives."""',
    '    box = (0, 0, w, h)',
    ...branches,
    '    else:',
    '        raise ValueError(f"unknown size policy: {policy}")',
    '    return box, size',
    '',
  ]).join('\n');
}

/** Lines of JavaScript that set `size` [width, height] and `source` [x, y, width, height] from `w` and `h`, as planSize does. */
export function javascriptPlan(policy: SizePolicy): string[] {
  return [`const policy = ${policyLiteral(policy)};`, ...javascriptPlanOf(policy)];
}

/** {@link javascriptPlan} for any `policy` of this kind, which is in scope. */
export function javascriptPlanOf({ kind }: Pick<SizePolicy, 'kind'>): string[] {
  const { javascript } = descriptorOf({ kind }).exported;
  return [`let source = [0, 0, w, h];`, 'let size;', ...withInto(JAVASCRIPT_INTO, javascript)];
}
