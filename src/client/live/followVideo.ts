import type { RefObject } from 'react';
import { nextName } from '../../core/nextName.ts';
import { pause } from '../../core/pause.ts';
import { engine } from '../engineClient.ts';

/** After an error a picture is tried again once a second. */
const RETRY_MS = 1000;
/** Share of the last interval in the rate that is told. */
const FRESH = 0.3;

/** What is asked of a picture that moves, and who hears the answer. */
export interface Following<Answer> {
  /** The picture stands: one answer to it, and no more. */
  frozen: boolean;
  /** Longer sides are scaled down to this many pixels before the engine has them. */
  most: number;
  /** The bitmap is the asker's until this settles. */
  ask: (task: string, bitmap: ImageBitmap) => Promise<Answer>;
  /** @param rate answers a second, of late; null before the second one, and while the picture stands */
  onAnswer: (answer: Answer, rate: number | null) => void;
  onError: (error: unknown) => void;
}

/** Resolves when the video has a new picture. */
function nextFrame(video: HTMLVideoElement): Promise<void> {
  return new Promise((resolve) => {
    if ('requestVideoFrameCallback' in video) video.requestVideoFrameCallback(() => resolve());
    else requestAnimationFrame(() => resolve());
  });
}

function grab(video: HTMLVideoElement, most: number): Promise<ImageBitmap> {
  const { videoWidth: width, videoHeight: height } = video;
  const scale = Math.min(1, most / Math.max(width, height));
  return createImageBitmap(video, {
    resizeWidth: Math.max(1, Math.round(width * scale)),
    resizeHeight: Math.max(1, Math.round(height * scale)),
    resizeQuality: 'medium',
  });
}

/**
 * Asks the engine for what the camera sees, again and again: the newest picture each time the answer to the one before is there, so that no
 * picture ever waits and those between are left out.
 * @returns what ends it
 */
export function followVideo<Answer>(
  video: RefObject<HTMLVideoElement | null>,
  { frozen, most, ask, onAnswer, onError }: Following<Answer>,
): () => void {
  const ended = new AbortController();
  const { signal } = ended;
  let task = '';
  let rate: number | null = null;
  let before: number | null = null;
  const once = async (element: HTMLVideoElement) => {
    task = nextName('live');
    const bitmap = await grab(element, most);
    try {
      if (signal.aborted) return;
      const answer = await ask(task, bitmap);
      if (signal.aborted) return;
      const now = performance.now();
      if (before !== null) {
        const fresh = 1000 / (now - before);
        rate = rate === null ? fresh : rate + FRESH * (fresh - rate);
      }
      before = now;
      onAnswer(answer, frozen ? null : rate);
    } finally {
      bitmap.close();
    }
  };
  const follow = async () => {
    while (!signal.aborted) {
      const element = video.current;
      if (!element || element.videoWidth === 0) {
        await pause(100, signal);
        continue;
      }
      try {
        if (!frozen) await nextFrame(element);
        if (!signal.aborted) await once(element);
      } catch (error) {
        if (signal.aborted) return;
        before = null;
        onError(error);
        if (!frozen) await pause(RETRY_MS, signal);
      }
      if (frozen) return;
    }
  };
  void follow();
  return () => {
    ended.abort();
    engine.cancel(task).catch(() => {});
  };
}
