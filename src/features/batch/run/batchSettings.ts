import type { HeadChoice } from '../../../core/model.ts';
import type { BatchInfo } from '../../../core/batchModel.ts';
import { samePolicy } from '../../../core/size/sizing.ts';
import { sameHead } from '../../../store/freshness.ts';
import type { HeadEntry, Settings } from '../../../store/settings.ts';

/** The settings that decide a batch's answers. */
export type AnswerSettings = Pick<Settings, 'head' | 'policy' | 'minSide' | 'scales'>;

/** The name of a head that can be chosen, for people. */
export function choiceName(head: HeadChoice, heads: readonly HeadEntry[]): string {
  if (head === 'imagenet') return 'ImageNet labels';
  if (head === 'none') return 'no classes';
  return heads.find(({ id }) => id === head.id)?.name ?? 'a classifier that is no longer here';
}

/** What a batch is made with, as settings. */
export function batchSettings({ head, policy, minSide = 0, scales = [] }: BatchInfo): AnswerSettings {
  return { head, policy, minSide, scales: [...scales] };
}

/** True when other settings are chosen now than those that the batch is made with. */
export function settingsDiffer(batch: BatchInfo, now: AnswerSettings): boolean {
  const made = batchSettings(batch);
  if (!sameHead(made.head, now.head) || !samePolicy(made.policy, now.policy)) return true;
  if (made.minSide !== now.minSide) return true;
  // Without classes there is nothing to average.
  return made.head !== 'none' && made.scales.join() !== now.scales.join();
}
