import { area } from './area.ts';
import { crop } from './crop.ts';
import type { PolicyOf } from './descriptor.ts';
import { fit } from './fit.ts';
import { native } from './native.ts';
import { warp } from './warp.ts';

/** Every size policy, as menus list them. A new one is one more file here, and one more name in this list. */
export const POLICIES = [area, fit, native, crop, warp] as const;

/** How an image's size becomes the model's input size (ARCHITECTURE.md, "Defaults"): a kind and its numbers. Sides in pixels. */
export type SizePolicy = PolicyOf<(typeof POLICIES)[number]>;

export type SizePolicyKind = SizePolicy['kind'];
