import { type RefObject, useEffect, useState } from 'react';
import { engine } from '../../../client/engineClient.ts';
import { handOver } from '../../../client/find/finders.ts';
import { followVideo } from '../../../client/live/followVideo.ts';
import { messageOf } from '../../../core/errors.ts';
import type { FindAnswer, Finder } from '../../../core/find/model.ts';

/** What a finder finds in a picture that moves. */
export interface LiveFinds {
  answer: FindAnswer | null;
  /** Answers a second, of late; null before the second one, and while the picture stands. */
  rate: number | null;
  error: string | null;
}

const NO_FILE = new Blob();
const NONE: LiveFinds = { answer: null, rate: null, error: null };

/** Finds in what the camera sees, in the newest picture each time; boxes are in the answer's own pixels. */
export function useLiveFinds(
  video: RefObject<HTMLVideoElement | null>,
  finder: Finder,
  { live, frozen }: { live: boolean; frozen: boolean },
): LiveFinds {
  const [latest, setLatest] = useState(NONE);
  useEffect(() => {
    if (!live) return;
    return followVideo(video, {
      frozen,
      // Twice what the model sees along the shorter side is enough for the longer one of any camera.
      most: 2 * finder.settings.side,
      ask: async (task, bitmap) => {
        await handOver(finder);
        return engine.find(task, { blob: NO_FILE, name: 'camera', bitmap }, finder.id);
      },
      onAnswer: (answer, rate) => setLatest({ answer, rate, error: null }),
      onError: (error) => setLatest((last) => ({ ...last, rate: null, error: messageOf(error) })),
    });
  }, [video, finder, live, frozen]);
  return latest;
}
