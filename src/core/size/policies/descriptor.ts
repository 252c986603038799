import type { PixelRect, Size } from '../size.ts';

/** A number that a size policy has, and how a person is asked for it. */
export interface Parameter {
  /** Whole numbers from `min` to `max` are valid, wherever they come from. */
  min: number;
  max: number;
  default: number;
  field: {
    label: string;
    unit: string;
    /** Shown as a square: "300 × 300 px". */
    square?: boolean;
    /** What one of the unit is in the parameter's own: 1e6 for a number of pixels that is asked for in megapixels. */
    per: number;
    /** Digits after the point. */
    decimals: number;
    /** Of the field, in `unit`. */
    min: number;
    max: number;
  };
}

/** The numbers of one policy, by name. */
export type Values<Name extends string> = Readonly<Record<Name, number>>;

/**
 * All that one size policy is: the list in policies.ts has every one, and whatever asks, plans, compares, stores, describes or exports goes
 * through that list. A policy as it travels is plain data: its kind and its numbers.
 */
export interface PolicyDescriptor<Kind extends string = string, Name extends string = string> {
  readonly kind: Kind;
  /** In menus. */
  readonly label: string;
  /** What it does to an image, in one plain line. */
  readonly note: string;
  /** How it did with the ImageNet labels and with heads trained on seven photo sets, where measured. Numbers: ARCHITECTURE.md, "Defaults". */
  readonly measured?: { readonly labels?: string; readonly trained?: string };
  readonly parameters: Readonly<Record<Name, Parameter>>;
  /** True where the whole image keeps its shape, so that a minimum side can make it larger. */
  readonly keepsShape: boolean;
  /** The rectangle that is kept (the whole image where there is none) and the size it is resampled to. Pixels; no side is ever 0. */
  plan(size: Size, values: Values<Name>): { source?: PixelRect; input: Size };
  /** Its name with its number: "Whole photo 300". */
  name(values: Values<Name>): string;
  /** In plain words, for people who read a model card. */
  words(values: Values<Name>): string;
  /** Pixels of an input, for estimates. */
  pixels(values: Values<Name>): number;
  /**
   * The plan as lines of an exported program. In scope: the image's sides `w` and `h`, the policy as plain data, and `into(budget, w, h)`, the
   * size of at most so many pixels. They set `size` to [width, height], and what is kept where that is not the whole image.
   */
  readonly exported: {
    /** Keeps `box`, (left, top, right, bottom); reads `policy["side"]`. */
    readonly python: readonly string[];
    /** Keeps `source`, [x, y, width, height]; reads `policy.side`. */
    readonly javascript: readonly string[];
  };
}

/** A policy as plain data, by its descriptor. */
export type PolicyOf<Descriptor> =
  Descriptor extends PolicyDescriptor<infer Kind, infer Name>
    ? { [Key in 'kind' | Name]: Key extends 'kind' ? Kind : number }
    : never;

/** Lets a descriptor's types be inferred. */
export function sizePolicy<Kind extends string, Name extends string = never>(
  descriptor: PolicyDescriptor<Kind, Name>,
): PolicyDescriptor<Kind, Name> {
  return descriptor;
}

/** A side in pixels, as `area` and `fit` have one. @param square whether it is that of a square of as many pixels */
export function sideParameter(label: string, square = false): Parameter {
  const max = 4096;
  return { min: 1, max, default: 300, field: { label, unit: 'px', square, per: 1, decimals: 0, min: 32, max } };
}
