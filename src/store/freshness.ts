import type { Analysis, HeadChoice, LabelsState, Scale } from '../core/model.ts';
import { looksAt } from '../core/labels/looks.ts';
import { planSize, samePolicy } from '../core/size/sizing.ts';
import type { Settings } from './settings.ts';

export function sameHead(a: HeadChoice, b: HeadChoice): boolean {
  if (typeof a === 'string' || typeof b === 'string') return a === b;
  return a.id === b.id;
}

/** True where a minimum side would make this image's input another one. */
export function changesInput({ facts, plan }: Pick<Analysis, 'facts' | 'plan'>, minSide: number): boolean {
  const { width, height } = planSize(facts, plan.policy, minSide || 1).input;
  return width !== plan.input.width || height !== plan.input.height;
}

/** True where an answer is the average over exactly these sizes, or over none where there are none. */
export function sameScales(analysis: Pick<Analysis, 'scales'>, scales: readonly Scale[]): boolean {
  return (analysis.scales ?? []).map(({ scale }) => scale).join() === scales.join();
}

/** True when an answer was made with other settings than the ones chosen now. The pyramid does not change an answer. */
export function isStale(
  analysis: Analysis,
  settings: Pick<Settings, 'policy' | 'minSide' | 'scales' | 'head' | 'looks' | 'decoding'>,
  labels: LabelsState,
): boolean {
  if (!samePolicy(analysis.plan.policy, settings.policy)) return true;
  if (changesInput(analysis, settings.minSide)) return true;
  if (analysis.head && !sameScales(analysis, settings.scales)) return true;
  if (analysis.logits && analysis.logits.looks.length !== looksAt(settings.policy, settings.looks).length) return true;
  if (analysis.facts.reduction && settings.decoding === 'whole') return true;
  const made = analysis.head?.choice ?? 'none';
  if (sameHead(made, settings.head)) return false;
  // The built-in classes could not be had, and said so; another photo tries again.
  if (settings.head === 'everyday' && made === 'none') return false;
  // Wanted ImageNet labels and could not have them: only stale once they can be had.
  if (settings.head === 'imagenet' && made === 'none') return labels.status === 'ready';
  return true;
}
