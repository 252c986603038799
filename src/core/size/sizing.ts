import { AnysizeError } from '../errors.ts';
import type { Scale, SizePlan } from '../model.ts';
import type { PolicyDescriptor } from './policies/descriptor.ts';
import { POLICIES, type SizePolicy, type SizePolicyKind } from './policies/policies.ts';
import { MAX_INPUT_PIXELS, scaledIntoBudget } from './scaling.ts';
import type { Size } from './size.ts';

/** Aspect kept, width · height ≈ 300²: the best on average of those measured (ARCHITECTURE.md, "Defaults"). */
export const DEFAULT_POLICY: SizePolicy = { kind: 'area', side: 300 };

/** The six scales that the paper tests on (He et al. 2014, §3.1, “Multi-view Testing on Feature Maps”), lengths of the shorter side in pixels. */
export const PAPER_SCALES: readonly number[] = [224, 256, 300, 360, 448, 560];

const MAX_SIDE = 4096;
/** Least sides that can be asked for, in pixels: 0 for none, 32 for one cell of the feature map, from 97 on for the four of a 4×4 grid. */
export const MIN_SIDES: readonly number[] = [0, 32, 64, 96, 128, 224];

/** The paper's six scales, and the image's own. */
export const DEFAULT_SCALES: readonly Scale[] = [...PAPER_SCALES, 'native'];

const descriptors = new Map<unknown, PolicyDescriptor>(POLICIES.map((policy) => [policy.kind, policy]));

/** The numbers of a policy, by name. */
function valuesOf(policy: SizePolicy): Record<string, number> {
  const { kind: _, ...values } = policy;
  return values;
}

/** @throws AnysizeError `BadArgument` for a kind that is none */
export function descriptorOf({ kind }: { kind?: unknown }): PolicyDescriptor {
  const descriptor = descriptors.get(kind);
  if (descriptor) return descriptor;
  const kinds = new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(POLICIES.map((one) => one.kind));
  throw new AnysizeError('BadArgument', `a size policy is ${kinds}; got ${JSON.stringify(kind)}`);
}

/**
 * What a size policy does with an image: the rectangle that is kept and the size it is resampled to. Pixels; no side is ever 0. What each
 * policy does stands in its descriptor.
 * @param size of the oriented image
 * @param minSide under policies that keep the shape an input with a side below this many pixels is scaled up, aspect kept, until it has none
 *   or the input would pass 2²⁴ pixels
 * @throws AnysizeError `BadArgument` for a size, policy or minimum that is none
 */
export function planSize(size: Size, policy: SizePolicy, minSide = 1): SizePlan {
  const plan = planByPolicy(size, policy);
  wholeNumber('minSide', minSide, 1, MAX_SIDE);
  const { width, height } = plan.input;
  const shorter = Math.min(width, height);
  if (shorter >= minSide || !descriptorOf(policy).keepsShape) return plan;
  const scale = minSide / shorter;
  const input = { width: Math.round(width * scale), height: Math.round(height * scale) };
  const fits = input.width * input.height <= MAX_INPUT_PIXELS;
  return { ...plan, input: fits ? input : scaledIntoBudget({ width, height }, MAX_INPUT_PIXELS), minSide };
}

function planByPolicy({ width, height }: Size, policy: SizePolicy): SizePlan {
  if (!(Number.isInteger(width) && Number.isInteger(height) && width >= 1 && height >= 1)) {
    throw new AnysizeError('BadArgument', `an image's sides are whole numbers from 1; got ${width} × ${height}`);
  }
  const checked = toPolicy(policy);
  const whole = { x: 0, y: 0, width, height };
  const { source = whole, input } = descriptorOf(checked).plan({ width, height }, valuesOf(checked));
  return { policy: checked, source, input };
}

/** What a size policy is called everywhere, with its number: "Whole photo 300", "Crop 224", "Native ≤ 1 MP". */
export function policyName(policy: SizePolicy): string {
  return descriptorOf(policy).name(valuesOf(policy));
}

/** A size policy as one word, for tables: `area-300`, `native-1000000`, `crop-224`. */
export function policyCode(policy: SizePolicy): string {
  const numbers = Object.values(valuesOf(policy));
  return numbers.length > 0
    ? [policy.kind, ...numbers].join('-')
    : policyName(policy).toLowerCase().replaceAll(' ', '-');
}

/** A size policy in plain words, for people. */
export function describePolicy(policy: SizePolicy): string {
  return descriptorOf(policy).words(valuesOf(policy));
}

/** {@link describePolicy} to stand by itself: "Whole photo, about 300 × 300 pixels’ worth". */
export function policyTitle(policy: SizePolicy): string {
  const words = describePolicy(policy);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Pixels of an input under a policy, for estimates; `native` is taken at its limit. */
export function policyPixels(policy: SizePolicy): number {
  return descriptorOf(policy).pixels(valuesOf(policy));
}

/** True where two policies do the same to every image: one kind, and the same numbers. */
export function samePolicy(a: SizePolicy, b: SizePolicy): boolean {
  const [left, right] = [valuesOf(a), valuesOf(b)];
  return a.kind === b.kind && Object.keys(descriptorOf(a).parameters).every((name) => left[name] === right[name]);
}

/**
 * A complete, valid size policy from one, or from its kind alone with its defaults; what does not belong to it is dropped.
 * @throws AnysizeError `BadArgument` for an unknown kind, or a number that its descriptor does not allow
 */
export function toPolicy(input: SizePolicy | SizePolicyKind): SizePolicy {
  const given: Record<string, unknown> = typeof input === 'string' ? { kind: input } : { ...input };
  const { kind, parameters } = descriptorOf(given);
  const numbers = Object.entries(parameters).map(([name, { min, max, default: usual }]) => [
    name,
    wholeNumber(name, given[name] ?? usual, min, max),
  ]);
  return { kind, ...Object.fromEntries(numbers) } as SizePolicy;
}

function wholeNumber(name: string, value: unknown, min: number, max: number): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) return value;
  throw new AnysizeError(
    'BadArgument',
    `a size policy's ${name} is a whole number from ${min} to ${max}; got ${JSON.stringify(value)}`,
  );
}
