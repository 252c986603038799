import { answerWords, type PlainAnswer } from './labels/plainAnswer.ts';
import type { BackendName, HeadChoice, Scale, SizePolicy } from './model.ts';
import type { Reduction } from './size/reduction.ts';

/** One photo's result: all that is kept of it, in the page and in the database. */
export interface BatchRow {
  /** Path, size and time of last change: the same photo again has the same key (see features/batch/run/sources.ts). */
  key: string;
  /** Path inside the chosen folder, the folder's own name first; or the name alone. */
  path: string;
  name: string;
  bytes: number;
  /** Milliseconds since 1970; NaN where the file could not be opened. */
  modified: number;
  status: 'done' | 'failed';
  /** Best classes first, at most 5; empty without a head. */
  top: readonly { label: string; score: number }[];
  /** What is said of it, as {@link Analysis.said}. */
  said?: PlainAnswer;
  /** The best score is below the head's threshold. */
  unknown: boolean;
  /** Pixels after orientation; 0 where the photo could not be read. */
  width: number;
  height: number;
  /** As in ImageFacts. */
  reduction?: Reduction;
  missingEnd?: number;
  milliseconds: number;
  error: { name: string; message: string } | null;
  /** What it was made with. */
  head: string | null;
  policy: SizePolicy;
  /** As in Settings; missing where there are none. */
  minSide?: number;
  scales?: readonly Scale[];
  backend: BackendName | null;
}

/** What a batch is made with and of. */
export interface BatchInfo {
  id: string;
  /** ISO 8601. */
  created: string;
  head: HeadChoice;
  /** The head's name when the batch began: heads can go. */
  headName: string;
  policy: SizePolicy;
  /** As in Settings; missing in a batch of a visit before they could be chosen. */
  minSide?: number;
  scales?: readonly Scale[];
  looks?: 1 | 2;
  /** Name of the folder, or null for loose photos or several folders. */
  folder: string | null;
  /** Photos found; null before the folder has been listed to its end. */
  total: number | null;
  /** The person stopped it: it does not go on by itself. */
  stopped: boolean;
}

/** What a photo is shown as, sorted under and counted with: what is said of it, else its best class; null without classes. */
export function rowLabel({ said, top }: Pick<BatchRow, 'said' | 'top'>): string | null {
  return said ? answerWords(said) : (top[0]?.label ?? null);
}
