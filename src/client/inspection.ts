import { isRuleErrorName } from '../core/pyramid/geometry.ts';
import { useCallback, useEffect, useRef, useState } from 'react';
import { nextName } from '../core/nextName.ts';
import { engine } from './engineClient.ts';
import type {
  AnalyseOptions,
  Analysis,
  HeadChoice,
  Inspection,
  OnStage,
  PyramidOptions,
  TileProgress,
} from '../core/model.ts';
import { analyseOptions } from '../store/analyseOptions.ts';
import { fileOf, imageOf } from './files.ts';
import { isStale, sameHead } from '../store/freshness.ts';
import type { RowError } from '../store/images.ts';
import { useStore } from '../store/store.ts';
import type { Measure } from '../store/view.ts';

/** What the panel and the overlay show of one image. */
export interface InspectionState {
  /** The latest inspection; of another image or other settings while `loading`. Null before there is any. */
  inspection: Inspection | null;
  /** The image that `inspection` is of. */
  id: string | null;
  loading: boolean;
  /** Why this image could not be inspected with these settings. */
  error: RowError | null;
  /** The tiles of a large image, while they are computed for it. */
  tile: TileProgress | null;
  /** Gives the inspection up, between tiles if need be; `error` is `Cancelled` then. */
  stop: () => void;
  /** Asks once more after an error. */
  again: () => void;
}

/**
 * The class whose evidence stands over both images: the chosen one, else the best of the image looked at; null while
 * evidence is not shown.
 */
export function shownClass(measure: Measure, chosen: number | null, looked: Inspection | null): number | null {
  if (measure !== 'evidence') return null;
  const known = looked?.evidence.find(({ index }) => index === chosen) ?? looked?.evidence[0];
  return known?.index ?? chosen;
}

const KEPT = 6;
/** Waits a little, so that walking through the list with the arrow keys does not inspect every photo on the way. */
const SETTLE_MS = 80;

/** Big arrays stay out of the store: the last few inspections by what was asked, newest last. */
const kept = new Map<string, { id: string; inspection: Inspection }>();

function keep(key: string, id: string, fresh: Inspection): Inspection {
  // One preview per image, so that the picture does not blink when only the pyramid changes.
  const earlier = [...kept.values()].find((entry) => entry.id === id)?.inspection.preview;
  const inspection = earlier ? { ...fresh, preview: earlier } : fresh;
  kept.delete(key);
  kept.set(key, { id, inspection });
  for (const [oldest, entry] of kept) {
    if (kept.size > KEPT || fileOf(entry.id) === undefined) kept.delete(oldest);
  }
  return inspection;
}

/**
 * The row's answer follows what was just inspected; times of a full run are kept where the map was still at hand, and so are the classes
 * of an average over several sizes, which an inspection does without.
 */
function updateRow(id: string, inspection: Inspection): void {
  const { rows, settings, labels, patchImages } = useStore.getState();
  const before = rows[id]?.analysis;
  const { pyramid: _1, vector: _2, argmax: _3, evidence: _4, headPyramid: _5, preview: _6, ...answer } = inspection;
  const otherwise = !before || isStale(before, settings, labels) || answer.backend !== before.backend;
  // What passed by in tiles reads its map's sums in the backbone's stage, in no time.
  const redone = otherwise || answer.times.backbone > before.times.backbone;
  const averaged =
    before?.scales &&
    settings.scales.length > 0 &&
    sameHead(before.head?.choice ?? 'none', answer.head?.choice ?? 'none')
      ? { scales: before.scales, top: before.top, ...(before.said ? { said: before.said } : {}) }
      : {};
  const analysis: Analysis = { ...answer, ...averaged, thumbnail: null, times: redone ? answer.times : before.times };
  patchImages(new Map([[id, { analysis, facts: analysis.facts }]]));
}

async function inspect(
  id: string,
  task: string,
  options: AnalyseOptions,
  classIndex: number | null,
  onStage: OnStage,
): Promise<{ inspection: Inspection; error: RowError | null }> {
  const ask = async (asked: AnalyseOptions) =>
    engine.inspect(task, await imageOf(id), asked, classIndex ?? undefined, onStage);
  try {
    return { inspection: await ask(options), error: null };
  } catch (error) {
    if (!(error instanceof Error) || !isRuleErrorName(error.name)) throw error;
    // The picture and its sizes can be shown all the same; the error keeps the bins from being taken for the paper's.
    const inspection = await ask({ ...options, pyramid: { ...options.pyramid, rule: 'adaptive' } });
    return { inspection, error: { name: error.name, message: error.message } };
  }
}

interface Latest {
  key: string | null;
  id: string | null;
  inspection: Inspection | null;
  failedKey: string | null;
  error: RowError | null;
}

/**
 * The inspection of one image with the settings chosen now: asked of the engine once the image has its answer, asked
 * again when size policy, pyramid, head or the class of the evidence changes, the one before cancelled.
 * @param id row of the list, or null for none
 * @param classIndex class whose evidence is asked for though it is not among the image's best; null for none
 * @param otherPyramid in place of the one chosen in Classify
 */
export function useInspection(
  id: string | null,
  classIndex: number | null,
  otherPyramid: PyramidOptions | null = null,
): InspectionState {
  const { policy, pyramid: chosen, head, minSide, looks } = useStore((state) => state.settings);
  const pyramid = otherPyramid ?? chosen;
  const ready = useStore((state) => id !== null && state.rows[id]?.status === 'done');
  const labels = useStore((state) => state.labels.status);
  const backend = useStore((state) => state.backend?.name);
  const [latest, setLatest] = useState<Latest>({ key: null, id: null, inspection: null, failedKey: null, error: null });

  const [tile, setTile] = useState<TileProgress | null>(null);
  const [attempt, setAttempt] = useState(0);
  const running = useRef<string | null>(null);

  const options = analyseOptions({ policy, pyramid, head, minSide, scales: [], looks });
  const labelled = labels === 'ready' && head === 'imagenet';
  const plainKey =
    id !== null && ready
      ? JSON.stringify([id, policy, minSide, pyramid, head satisfies HeadChoice, looks, labelled, backend])
      : null;
  const current = plainKey === null ? undefined : kept.get(plainKey)?.inspection;
  const extra = classIndex !== null && !current?.evidence.some(({ index }) => index === classIndex) ? classIndex : null;
  const key = plainKey === null ? null : `${plainKey}|${extra ?? ''}`;

  useEffect(() => {
    if (key === null || plainKey === null || id === null) return;
    const known = kept.get(plainKey)?.inspection;
    if (known && (extra === null || known.evidence.length === 0)) {
      updateRow(id, known);
      setLatest({ key, id, inspection: known, failedKey: null, error: null });
      return;
    }
    let superseded = false;
    const task = nextName('inspect');
    const onStage: OnStage = (_, progress) => {
      if (!superseded) setTile(progress ?? null);
    };
    const timer = setTimeout(() => {
      running.current = task;
      inspect(id, task, options, extra, onStage).then(
        ({ inspection: fresh, error }) => {
          if (superseded) return;
          const inspection = error ? fresh : keep(plainKey, id, fresh);
          updateRow(id, inspection);
          setTile(null);
          setLatest({ key, id, inspection, failedKey: error && key, error });
        },
        (error: unknown) => {
          if (superseded) return;
          setTile(null);
          const { name, message } = error instanceof Error ? error : new Error(String(error));
          setLatest((before) => ({ ...before, failedKey: key, error: { name, message } }));
        },
      );
    }, SETTLE_MS);
    return () => {
      superseded = true;
      running.current = null;
      setTile(null);
      clearTimeout(timer);
      engine.cancel(task).catch(() => {});
    };
    // `key` says all that `options` does.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [key, attempt]);

  const stop = useCallback(() => {
    if (running.current !== null) engine.cancel(running.current).catch(() => {});
  }, []);
  const again = useCallback(() => {
    setLatest((before) => ({ ...before, failedKey: null, error: null }));
    setAttempt((count) => count + 1);
  }, []);

  const failed = key !== null && latest.failedKey === key;
  return {
    inspection: latest.inspection,
    id: latest.id,
    loading: key !== null && latest.key !== key && !failed,
    error: failed ? latest.error : null,
    tile,
    stop,
    again,
  };
}
