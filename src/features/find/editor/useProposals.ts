import { useEffect, useState } from 'react';
import { engine } from '../../../client/engineClient.ts';
import { imageOf } from '../../../client/files.ts';
import type { Box } from '../../../core/find/boxes.ts';
import { nextName } from '../../../core/nextName.ts';
import { AskedProposals } from './logic/AskedProposals.ts';

/** Photos whose proposals are kept, so that going back and forth asks for nothing. */
const KEPT = 24;
const MOST = 500;

const proposals = new AskedProposals(
  {
    compute: async (task, photoId, wanted) => {
      const image = await imageOf(photoId);
      if (!wanted()) {
        image.bitmap?.close();
        return [];
      }
      const { boxes } = await engine.proposals(task, image, { max: MOST });
      // The first is the whole photo, which nobody means by a click.
      return boxes.slice(1);
    },
    cancel: (task) => void engine.cancel(task).catch(() => {}),
    newTask: () => nextName('proposals'),
  },
  KEPT,
);

/**
 * Boxes that may hold a thing in a photo, asked for when it is shown and given up when it is left; null until they are there.
 * @param next the photo that is likely shown next: its boxes are asked for after
 */
export function useProposals(photoId: string, next: string | null): readonly Box[] | null {
  const [found, setFound] = useState<{ photoId: string; boxes: readonly Box[] } | null>(null);
  useEffect(() => {
    let left = false;
    proposals.giveUpAllBut([photoId, next]);
    void proposals.of(photoId).then((boxes) => {
      if (left) return;
      setFound({ photoId, boxes });
      if (next !== null) void proposals.of(next);
    });
    return () => {
      left = true;
    };
  }, [photoId, next]);
  useEffect(() => () => proposals.giveUpAllBut([]), []);
  return proposals.known(photoId) ?? (found?.photoId === photoId ? found.boxes : null);
}
