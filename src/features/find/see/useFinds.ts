import { useEffect, useState } from 'react';
import { findIn } from '../../../client/find/findIn.ts';
import { engine } from '../../../client/engineClient.ts';
import { messageOf } from '../../../core/errors.ts';
import type { Find, FinderRun } from '../../../core/find/model.ts';
import type { Size } from '../../../core/model.ts';
import { nextName } from '../../../core/nextName.ts';

/** What a run finds in a photo. */
export type Seen =
  | { status: 'looking' }
  | { status: 'failed'; message: string }
  | {
      status: 'seen';
      size: Size;
      finds: readonly Find[];
      /** As it was measured, before the finder had learned from this photo too. */
      measured: boolean;
      milliseconds: number | null;
    };

const LOOKING: Seen = { status: 'looking' };

/** Finds of all scores. A photo that was kept aside shows what was found before the finder learned from it. */
export function useFinds(run: FinderRun, photoId: string | null): Seen {
  const [seen, setSeen] = useState<{ key: string; seen: Seen } | null>(null);
  const kept = photoId === null ? undefined : run.results.find(({ id }) => id === photoId);
  const key = `${run.id} ${photoId ?? ''}`;
  const { finder } = run;
  const asks = photoId !== null && !kept;
  useEffect(() => {
    if (!asks) return;
    const task = nextName('see');
    let left = false;
    const tell = (what: Seen) => !left && setSeen({ key, seen: what });
    findIn(task, finder, photoId)
      .then(({ size, finds, milliseconds: { maps, proposals, windows } }) =>
        tell({ status: 'seen', size, finds, measured: false, milliseconds: maps + proposals + windows }),
      )
      .catch((error: unknown) => tell({ status: 'failed', message: messageOf(error) }));
    return () => {
      left = true;
      void engine.cancel(task).catch(() => {});
    };
  }, [asks, key, finder, photoId]);
  if (kept) return { status: 'seen', size: kept.size, finds: kept.finds, measured: true, milliseconds: null };
  return seen?.key === key ? seen.seen : LOOKING;
}
