import { LRUCache } from 'lru-cache';
import { useEffect, useState } from 'react';
import { engine } from '../../../client/engineClient.ts';
import { imageOf } from '../../../client/files.ts';
import type { Box } from '../../../core/find/boxes.ts';
import { nextName } from '../../../core/nextName.ts';

/** Of the photos looked at last, so that going back and forth asks for nothing. */
const kept = new LRUCache<string, readonly Box[]>({ max: 24 });
const MOST = 500;
const NONE: readonly Box[] = [];

/** Boxes that may hold a thing in a photo, asked for when it is shown and given up when it is left; null until they are there. */
export function useProposals(photoId: string): readonly Box[] | null {
  const [found, setFound] = useState<{ photoId: string; boxes: readonly Box[] } | null>(null);
  useEffect(() => {
    if (kept.has(photoId)) return;
    const task = nextName('proposals');
    let left = false;
    const ask = async () => {
      const image = await imageOf(photoId);
      if (left) {
        image.bitmap?.close();
        return;
      }
      const { boxes } = await engine.proposals(task, image, { max: MOST });
      // The first is the whole photo, which nobody means by a click.
      kept.set(photoId, boxes.slice(1));
      if (!left) setFound({ photoId, boxes: boxes.slice(1) });
    };
    // Without proposals boxes are drawn by hand; what is wrong with the photo is said where photos are listed.
    ask().catch(() => !left && setFound({ photoId, boxes: NONE }));
    return () => {
      left = true;
      void engine.cancel(task).catch(() => {});
    };
  }, [photoId]);
  return kept.get(photoId) ?? (found?.photoId === photoId ? found.boxes : null);
}
