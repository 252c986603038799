import { type RefObject, useEffect, useState } from 'react';
import { messageOf } from '../../core/errors.ts';
import type { AnalyseOptions, Inspection } from '../../core/model.ts';
import { isRuleErrorName } from '../../core/pyramid/geometry.ts';
import { policyPixels } from '../../core/size/sizing.ts';
import { engine } from '../engineClient.ts';
import { followVideo } from './followVideo.ts';

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
const NO_FILE = new Blob();

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

/** What the engine says of what the camera sees, as {@link followVideo} asks it. */
export function useLiveInspection(
  video: RefObject<HTMLVideoElement | null>,
  { live, frozen, options }: LiveWants,
): LiveInspection {
  const [latest, setLatest] = useState<LiveInspection>({ inspection: null, rate: null, error: null });
  const asked = JSON.stringify(options);
  useEffect(() => {
    if (!live) return;
    const wanted = JSON.parse(asked) as AnalyseOptions;
    return followVideo(video, {
      frozen,
      most: Math.max(LEAST_SIDE, 2 * Math.sqrt(policyPixels(wanted.policy))),
      ask: (task, bitmap) => answer(task, bitmap, wanted),
      onAnswer: ({ inspection, error }, rate) => setLatest({ inspection, rate, error }),
      onError: (error) => {
        const { name } = error instanceof Error ? error : new Error();
        setLatest((last) => ({ ...last, rate: null, error: { name, message: messageOf(error) } }));
      },
    });
  }, [video, live, frozen, asked]);
  return latest;
}
