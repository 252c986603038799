import type { HeadChoice, SizePolicy, SizePolicyKind } from '../../../core/model.ts';

export interface PolicyChoice {
  kind: SizePolicyKind;
  label: string;
  /** What it does to the image, in one plain line. */
  note: string;
  /** How it did with the ImageNet labels, where that was measured. Numbers: DESIGN.md, "Defaults". */
  labels?: string;
  /** How it did with heads trained on seven photo sets, where that was measured. Numbers: the same. */
  trained?: string;
}

export const POLICIES: readonly PolicyChoice[] = [
  {
    kind: 'area',
    label: 'Area',
    note: 'All of the image, its own shape, about side × side pixels.',
    labels:
      'ImageNet labels at 300\u00a0px: right for 91.8\u00a0% of test photos, among the best five for 99.4\u00a0%.',
    trained:
      'At 300\u00a0px best on average for classes trained here: 0.8 to 0.9 points over Warp 224 with the global mean.',
  },
  {
    kind: 'fit',
    label: 'Fit',
    note: 'All of the image, its own shape, by its shorter side.',
  },
  {
    kind: 'native',
    label: 'Native',
    note: 'The image’s own size, up to the limit, in tiles where it is large.',
  },
  {
    kind: 'crop',
    label: 'Crop 224',
    note: 'To compare, what others do: cuts the edges off.',
    labels:
      'ImageNet labels: right for 91.8\u00a0% of test photos as with Area 300, among the best five for 98.6\u00a0%.',
  },
  {
    kind: 'warp',
    label: 'Warp 224',
    note: 'To compare, what others do: squashes the image.',
    labels: 'ImageNet labels: right for 87.0\u00a0% of test photos, among the best five for 97.6\u00a0%.',
    trained: 'With the global mean 0.9 points behind Area 300 on average, for classes trained here.',
  },
];

/** What a large size does to the labels, and to features. Numbers: DESIGN.md, "Defaults". */
const LARGE = 'MobileNetV2 was trained near 224\u00a0px, and large sizes make its';
const LARGE_LABELS = `${LARGE} labels worse: right for 81\u00a0% of test photos at their own 640\u00a0px or less and for 40\u00a0% at a shorter side of 560\u00a0px, against 92\u00a0% at the default.`;
const LARGE_FEATURES = `${LARGE} features worse.`;
/** Of the sizes tried, the largest that was not clearly worse. */
const LARGE_SIDE = 360;

/** True for the sizes at which the backbone's labels get worse. */
export function isLarge(policy: SizePolicy): boolean {
  return policy.kind === 'native' || ('side' in policy && policy.side > LARGE_SIDE);
}

/**
 * What a policy does to an image and to its classes, in plain words.
 * @param head what was measured with the ImageNet labels says nothing of a trained head, and without a head there are no classes
 */
export function policyNote(policy: SizePolicy, head: HeadChoice): string {
  const choice = POLICIES.find(({ kind }) => kind === policy.kind);
  const labels = head === 'imagenet';
  const large = labels ? LARGE_LABELS : LARGE_FEATURES;
  const measured = labels ? choice?.labels : head === 'none' ? undefined : choice?.trained;
  // What was measured is said of the default's side, not of large ones.
  return [choice?.note, isLarge(policy) ? large : measured].filter(Boolean).join(' ');
}
