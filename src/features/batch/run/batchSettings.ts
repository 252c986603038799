import type { HeadChoice } from '../../../core/model.ts';
import type { BatchInfo } from '../../../core/batchModel.ts';
import { looksAt } from '../../../core/labels/looks.ts';
import { isReadyHead, readyName } from '../../../core/labels/readyHeads.ts';
import { samePolicy } from '../../../core/size/sizing.ts';
import { sameHead } from '../../../store/freshness.ts';
import type { AnswerSettings, HeadEntry } from '../../../store/settings.ts';

/** The name of a head that can be chosen, for people. */
export function choiceName(head: HeadChoice, heads: readonly HeadEntry[]): string {
  if (typeof head !== 'object') return readyName(head) ?? head;
  return heads.find(({ id }) => id === head.id)?.name ?? 'a classifier that is no longer here';
}

/** What a batch is made with, as settings. */
export function batchSettings({ head, policy, minSide = 0, scales = [], looks = 2 }: BatchInfo): AnswerSettings {
  return { head, policy, minSide, scales: [...scales], looks };
}

/** True when other settings are chosen now than those that the batch is made with. */
export function settingsDiffer(batch: BatchInfo, now: AnswerSettings): boolean {
  const made = batchSettings(batch);
  if (!sameHead(made.head, now.head) || !samePolicy(made.policy, now.policy)) return true;
  if (made.minSide !== now.minSide) return true;
  if (isReadyHead(made.head) && looksAt(made.policy, made.looks).length !== looksAt(now.policy, now.looks).length)
    return true;
  // Without classes there is nothing to average.
  return made.head !== 'none' && made.scales.join() !== now.scales.join();
}
