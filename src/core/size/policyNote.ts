import type { HeadChoice } from '../model.ts';
import type { SizePolicy } from './policies/policies.ts';
import { descriptorOf, policyPixels } from './sizing.ts';

/** What a large size does to the labels, and to features. Numbers: ARCHITECTURE.md, "Defaults". */
const LARGE = 'MobileNetV2 was trained near 224\u00a0px, and large sizes make its';
const LARGE_LABELS = `${LARGE} labels worse: at a shorter side of 560\u00a0px they are right less than half as often as at the default.`;
const LARGE_FEATURES = `${LARGE} features worse.`;
/** Of the sizes tried, the largest that was not clearly worse. */
const LARGE_SIDE = 360;

/** True for the sizes at which the backbone's labels get worse. */
export function isLarge(policy: SizePolicy): boolean {
  return policyPixels(policy) > LARGE_SIDE ** 2;
}

/**
 * What a policy does to an image and to its classes, in plain words.
 * @param head what was measured with the ImageNet labels says nothing of a trained head, and without a head there are no classes
 */
export function policyNote(policy: SizePolicy, head: HeadChoice | 'trained'): string {
  const { note, measured } = descriptorOf(policy);
  const labels = head === 'imagenet';
  const large = labels ? LARGE_LABELS : LARGE_FEATURES;
  const known = labels ? measured?.labels : head === 'none' ? undefined : measured?.trained;
  // What was measured is said of the default's side, not of large ones.
  return [note, isLarge(policy) ? large : known].filter(Boolean).join(' ');
}
