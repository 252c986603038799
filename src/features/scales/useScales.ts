import { useCallback, useEffect, useRef, useState } from 'react';
import { nextName } from '../../core/nextName.ts';
import { engine } from '../../client/engineClient.ts';
import type { MultiScaleResult, TileProgress } from '../../core/model.ts';
import { DEFAULT_SCALES } from '../../core/size/sizing.ts';
import { analyseOptions } from '../../store/analyseOptions.ts';
import { imageOf } from '../../client/files.ts';
import type { RowError } from '../../store/images.ts';
import { useStore } from '../../store/store.ts';

export interface ScalesProgress {
  /** Sizes done. */
  done: number;
  /** The tiles of the size being computed, where it is large. */
  tile: TileProgress | null;
}

export interface ScalesState {
  /** What the sizes said with the settings chosen now; null before they were asked. */
  result: MultiScaleResult | null;
  progress: ScalesProgress | null;
  error: RowError | null;
  start: () => void;
  cancel: () => void;
}

const KEPT = 8;
/** The last few results by what was asked, newest last; outside the store, which holds no arrays. */
const kept = new Map<string, MultiScaleResult>();
function keep(key: string, result: MultiScaleResult): void {
  kept.set(key, result);
  for (const oldest of kept.keys()) {
    if (kept.size > KEPT) kept.delete(oldest);
  }
}

/**
 * One image at the paper's six sizes and its own, computed when asked for; given up when another image or other settings are chosen.
 * @param id row of the list
 */
export function useScales(id: string): ScalesState {
  const { policy, pyramid, head, minSide } = useStore((state) => state.settings);
  const labels = useStore((state) => state.labels.status);
  const nativeLimit = policy.kind === 'native' ? policy.maxPixels : null;
  const { levels, pooling } = pyramid;
  const key = JSON.stringify([id, head, minSide, nativeLimit, levels, pooling]);
  // `of` tells whether it is about what is chosen now.
  const [latest, setLatest] = useState<{ of: string; progress: ScalesProgress | null; error: RowError | null } | null>(
    null,
  );
  const running = useRef<string | null>(null);

  const cancel = useCallback(() => {
    if (running.current !== null) engine.cancel(running.current).catch(() => {});
    running.current = null;
    setLatest(null);
  }, []);
  // oxlint-disable-next-line react/exhaustive-deps -- a change of `key` is what ends the work for the one before
  useEffect(() => cancel, [key, cancel]);

  const start = async () => {
    cancel();
    const task = nextName('scales');
    running.current = task;
    const current = () => running.current === task;
    setLatest({ of: key, progress: { done: 0, tile: null }, error: null });
    try {
      // The answer does not depend on the rule, and the paper's does not fit every size.
      const options = {
        ...analyseOptions({ policy, pyramid, head, minSide, scales: [], looks: 1 }),
        pyramid: { ...pyramid, rule: 'adaptive' as const },
      };
      const image = await imageOf(id);
      const result = await engine.scales(task, image, [...DEFAULT_SCALES], options, (done, tile) => {
        if (current()) setLatest({ of: key, progress: { done, tile: tile ?? null }, error: null });
      });
      if (!current()) return;
      keep(key, result);
      setLatest(null);
    } catch (error) {
      if (!current()) return;
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      setLatest(name === 'Cancelled' ? null : { of: key, progress: null, error: { name, message } });
    } finally {
      if (current()) running.current = null;
    }
  };

  const now = latest?.of === key ? latest : null;
  const known = kept.get(key) ?? null;
  // Made without labels, which can be had by now.
  const outdated = known?.head === null && head === 'imagenet' && labels === 'ready';
  return {
    result: outdated ? null : known,
    progress: now?.progress ?? null,
    error: now?.error ?? null,
    start: () => void start(),
    cancel,
  };
}
