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
    label: 'Area: own shape, fixed area',
    note: 'Keeps all of the image and its shape. Best on average: the labels’ first guess is right for 91.8 % of test photos at 300 px.',
  },
  {
    kind: 'fit',
    label: 'Fit: own shape, fixed shorter side',
    note: 'Keeps all of the image and its shape. Labels suffer above about 300 px: right for 40 % of test photos at 560 px.',
  },
  {
    kind: 'native',
    label: 'Native: own size',
    note: 'No resampling up to the limit. MobileNetV2 learned from photos near 224 px: labels get worse the larger the image.',
  },
  {
    kind: 'crop',
    label: 'Crop: centre square, 224 px',
    note: 'What others do, to compare: cuts the edges off.',
  },
  {
    kind: 'warp',
    label: 'Warp: squashed square, 224 px',
    note: 'What others do, to compare: squashes the image. The labels’ first guess is right for 87.0 % of test photos.',
  },
];

/** A policy in two or three words: "area 300", "native ≤ 1 MP". */
export function shortPolicy(policy: SizePolicy): string {
  if (policy.kind === 'area' || policy.kind === 'fit') return `${policy.kind} ${policy.side}`;
  if (policy.kind === 'native') return `native ≤ ${Math.round(policy.maxPixels / 1e5) / 10} MP`;
  return `${policy.kind} 224`;
}
