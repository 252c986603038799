import type { Analysis, HeadChoice, LabelsState, SizePolicy } from '../engine/protocol.ts';
import type { Settings } from './settings.ts';

export function samePolicy(a: SizePolicy, b: SizePolicy): boolean {
  if (a.kind === 'native' && b.kind === 'native') return a.maxPixels === b.maxPixels;
  if ((a.kind === 'area' && b.kind === 'area') || (a.kind === 'fit' && b.kind === 'fit')) return a.side === b.side;
  return a.kind === b.kind;
}

export function sameHead(a: HeadChoice, b: HeadChoice): boolean {
  if (typeof a === 'string' || typeof b === 'string') return a === b;
  return a.id === b.id;
}

/** True when an answer was made with other settings than the ones chosen now. The pyramid does not change an answer. */
export function isStale(analysis: Analysis, settings: Pick<Settings, 'policy' | 'head'>, labels: LabelsState): boolean {
  if (!samePolicy(analysis.plan.policy, settings.policy)) return true;
  const made = analysis.head?.choice ?? 'none';
  if (sameHead(made, settings.head)) return false;
  // Wanted ImageNet labels and could not have them: only stale once they can be had.
  if (settings.head === 'imagenet' && made === 'none') return labels.status === 'ready';
  return true;
}
