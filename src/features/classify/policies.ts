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
    note: 'All of the image, its own shape, by its shorter side. Above about 300\u00a0px labels get worse: right for 40\u00a0% of test photos at 560\u00a0px.',
  },
  {
    kind: 'native',
    label: 'Native',
    note: 'The image’s own size, up to the limit. MobileNetV2 was trained near 224\u00a0px: labels right for 81\u00a0% of test photos up to 640\u00a0px, fewer above.',
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

/** A policy in two or three words: "area 300", "native ≤ 1 MP". */
export function shortPolicy(policy: SizePolicy): string {
  if (policy.kind === 'area' || policy.kind === 'fit') return `${policy.kind} ${policy.side}`;
  if (policy.kind === 'native') return `native ≤ ${Math.round(policy.maxPixels / 1e5) / 10} MP`;
  return `${policy.kind} 224`;
}
