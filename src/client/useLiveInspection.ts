import { type RefObject, useEffect, useState } from 'react';
import { messageOf } from '../core/errors.ts';
import type { AnalyseOptions, Inspection } from '../core/model.ts';
import { nextName } from '../core/nextName.ts';
import { pause } from '../core/pause.ts';
import { isRuleErrorName } from '../core/pyramid/geometry.ts';
import { policyPixels } from '../core/size/sizing.ts';
import { engine } from './engineClient.ts';

/** What the engine says of a picture that moves. */
export interface LiveInspection {
  inspection: Inspection | null;
  /** Answers a second, of late; null before the second one, and while the picture stands. */
  rate: number | null;
  /** Why there is no answer, or, for the paper rule, why its bins are not shown. */
  error: { name: string; message: string } | null;
}

export interface LiveWants {
  /** Pictures come. */
  live: boolean;
  /** The picture stands: one answer to it, and no more. */
  frozen: boolean;
  options: AnalyseOptions;
}

/** Longer sides are scaled down before the engine has them, unless the input asks for more pixels. */
const LEAST_SIDE = 640;
/** After an error a picture is tried again once a second. */
const RETRY_MS = 1000;
/** Share of the last interval in the rate that is told. */
const FRESH = 0.3;

const NO_FILE = new Blob();

/** Resolves when the video has a new picture. */
function nextFrame(video: HTMLVideoElement): Promise<void> {
  return new Promise((resolve) => {
    if ('requestVideoFrameCallback' in video) video.requestVideoFrameCallback(() => resolve());
    else requestAnimationFrame(() => resolve());
  });
}

function grab(video: HTMLVideoElement, options: AnalyseOptions): Promise<ImageBitmap> {
  const { videoWidth: width, videoHeight: height } = video;
  const most = Math.max(LEAST_SIDE, 2 * Math.sqrt(policyPixels(options.policy)));
  const scale = Math.min(1, most / Math.max(width, height));
  return createImageBitmap(video, {
    resizeWidth: Math.max(1, Math.round(width * scale)),
    resizeHeight: Math.max(1, Math.round(height * scale)),
    resizeQuality: 'medium',
  });
}

async function answer(
  task: string,
  bitmap: ImageBitmap,
  options: AnalyseOptions,
): Promise<Pick<LiveInspection, 'inspection' | 'error'>> {
  const image = { blob: NO_FILE, name: 'camera', bitmap };
  try {
    return { inspection: await engine.inspect(task, image, options), error: null };
  } catch (error) {
    if (!(error instanceof Error) || !isRuleErrorName(error.name)) throw error;
    const adaptive = { ...options, pyramid: { ...options.pyramid, rule: 'adaptive' as const } };
    const inspection = await engine.inspect(task, image, adaptive);
    return { inspection, error: { name: error.name, message: error.message } };
  }
}

/**
 * Asks the engine for what the camera sees, again and again: the newest picture each time the answer to the one before is there, so that no
 * picture ever waits and those between are left out.
 */
export function useLiveInspection(
  video: RefObject<HTMLVideoElement | null>,
  { live, frozen, options }: LiveWants,
): LiveInspection {
  const [latest, setLatest] = useState<LiveInspection>({ inspection: null, rate: null, error: null });
  const asked = JSON.stringify(options);
  useEffect(() => {
    if (!live) return;
    const ended = new AbortController();
    const { signal } = ended;
    let task = '';
    let rate: number | null = null;
    let before: number | null = null;
    const wanted = JSON.parse(asked) as AnalyseOptions;
    const once = async (element: HTMLVideoElement) => {
      task = nextName('live');
      const bitmap = await grab(element, wanted);
      try {
        if (signal.aborted) return;
        const { inspection, error } = await answer(task, bitmap, wanted);
        if (signal.aborted) return;
        const now = performance.now();
        if (before !== null) {
          const fresh = 1000 / (now - before);
          rate = rate === null ? fresh : rate + FRESH * (fresh - rate);
        }
        before = now;
        setLatest({ inspection, rate: frozen ? null : rate, error });
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
          const { name } = error instanceof Error ? error : new Error();
          setLatest((last) => ({ ...last, rate: null, error: { name, message: messageOf(error) } }));
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
  }, [video, live, frozen, asked]);
  return latest;
}
