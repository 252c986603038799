import type { SizePolicy, SizePolicyKind } from '../../engine/protocol.ts';

export interface PolicyChoice {
  kind: SizePolicyKind;
  label: string;
  /** What it does to the image and what that costs, in one plain line. Numbers: DESIGN.md, "Defaults". */
  note: string;
}

export const POLICIES: readonly PolicyChoice[] = [
  {
    kind: 'area',
    label: 'Area',
    note: 'All of the image, its own shape, about side × side pixels. Best on average: ImageNet labels right for 91.8\u00a0% of test photos at 300\u00a0px.',
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
    note: 'To compare, what others do: cuts the edges off. What is at the edge cannot be seen.',
  },
  {
    kind: 'warp',
    label: 'Warp 224',
    note: 'To compare, what others do: squashes the image. ImageNet labels right for 87.0\u00a0% of test photos.',
  },
];

/** What a large size does to the labels. Numbers: DESIGN.md, "Defaults". */
const LARGE_NOTE =
  'MobileNetV2 was trained near 224\u00a0px, and large sizes make its labels worse: right for 81\u00a0% of test photos at their own 640\u00a0px or less ' +
  'and for 40\u00a0% at a shorter side of 560\u00a0px, against 92\u00a0% at the default.';
/** Of the sizes tried, the largest that was not clearly worse. */
const LARGE_SIDE = 360;

/** True for the sizes at which the backbone's labels get worse. */
export function isLarge(policy: SizePolicy): boolean {
  return policy.kind === 'native' || ('side' in policy && policy.side > LARGE_SIDE);
}

/** What a policy does to an image and to the labels, in plain words. */
export function policyNote(policy: SizePolicy): string {
  const note = POLICIES.find(({ kind }) => kind === policy.kind)?.note ?? '';
  if (!isLarge(policy)) return note;
  // What is best on average is said of the default's side, not of this one.
  return `${policy.kind === 'area' ? 'All of the image, its own shape.' : note} ${LARGE_NOTE}`;
}
