import type { HeadChoice } from '../model.ts';

/** What answers until a person chooses otherwise: it needs no network. */
export const DEFAULT_HEAD = 'everyday' satisfies HeadChoice;

/** The heads on the mean that need no training: what they are called beside an answer, and where they are chosen. */
export const READY_HEADS = {
  everyday: { name: 'Everyday things', choice: 'Everyday things, built in' },
  imagenet: { name: 'ImageNet labels', choice: 'More exact: ImageNet’s 1,000 names, 14 MB, fetched once' },
} as const;

/** True for a head on the mean of the map: its evidence is per cell, and it may look twice. */
export function isReadyHead(choice: HeadChoice | undefined): choice is keyof typeof READY_HEADS {
  return choice === 'everyday' || choice === 'imagenet';
}

/** What is called so although it was not trained here; null for a trained head. */
export function readyName(choice: HeadChoice): string | null {
  if (isReadyHead(choice)) return READY_HEADS[choice].name;
  return choice === 'none' ? 'no classes' : null;
}
