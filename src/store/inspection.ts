import { useEffect, useState } from 'react';
import { engine } from '../engine/client.ts';
import { toImageInput } from '../engine/imageInput.ts';
import type { AnalyseOptions, Analysis, HeadChoice, Inspection } from '../engine/protocol.ts';
import { DEFAULT_MAX_PIXELS } from '../engine/sizing.ts';
import { fileOf } from './files.ts';
import { isStale } from './freshness.ts';
import type { RowError } from './images.ts';
import { useStore } from './store.ts';

/** What the panel and the overlay show of one image. */
export interface InspectionState {
  /** The latest inspection; of another image or other settings while `loading`. Null before there is any. */
  inspection: Inspection | null;
  /** The image that `inspection` is of. */
  id: string | null;
  loading: boolean;
  /** Why this image could not be inspected with these settings. */
  error: RowError | null;
}

const KEPT = 6;
/** Waits a little, so that walking through the list with the arrow keys does not inspect every photo on the way. */
const SETTLE_MS = 80;

/** Big arrays stay out of the store: the last few inspections by what was asked, newest last. */
const kept = new Map<string, { id: string; inspection: Inspection }>();
let taskCount = 0;

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

/** The row's answer follows what was just inspected; times of a full run are kept where the map was still at hand. */
function updateRow(id: string, inspection: Inspection): void {
  const { rows, settings, labels, patchImages } = useStore.getState();
  const before = rows[id]?.analysis;
  const { pyramid: _1, vector: _2, argmax: _3, evidence: _4, preview: _5, ...answer } = inspection;
  const redone = !before || isStale(before, settings, labels) || answer.times.backbone > 0;
  const analysis: Analysis = { ...answer, thumbnail: null, times: redone ? answer.times : before.times };
  patchImages(new Map([[id, { analysis }]]));
}

async function inspect(
  id: string,
  task: string,
  options: AnalyseOptions,
  classIndex: number | null,
): Promise<{ inspection: Inspection; error: RowError | null }> {
  const file = fileOf(id);
  if (!file) throw new Error('This photo is no longer in the list.');
  const ask = async (asked: AnalyseOptions) =>
    engine.inspect(task, { ...(await toImageInput(file, file.name)), key: id }, asked, classIndex ?? undefined);
  try {
    return { inspection: await ask(options), error: null };
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'PaperRuleError') throw error;
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
 */
export function useInspection(id: string | null): InspectionState {
  const { policy, pyramid, head } = useStore((state) => state.settings);
  const ready = useStore((state) => id !== null && state.rows[id]?.status === 'done');
  const labels = useStore((state) => state.labels.status);
  const classIndex = useStore((state) => state.pyramidView.classIndex);
  const backend = useStore((state) => state.backend?.name);
  const [latest, setLatest] = useState<Latest>({ key: null, id: null, inspection: null, failedKey: null, error: null });

  const options: AnalyseOptions = { policy, pyramid, head, maxPixels: DEFAULT_MAX_PIXELS };
  const labelled = labels === 'ready' && head === 'imagenet';
  const plainKey =
    id !== null && ready ? JSON.stringify([id, policy, pyramid, head satisfies HeadChoice, labelled, backend]) : null;
  const current = plainKey === null ? undefined : kept.get(plainKey)?.inspection;
  const extra = classIndex !== null && !current?.evidence.some(({ index }) => index === classIndex) ? classIndex : null;
  const key = plainKey === null ? null : `${plainKey}|${extra ?? ''}`;

  useEffect(() => {
    if (key === null || plainKey === null || id === null) return;
    const known = kept.get(plainKey)?.inspection;
    if (known && (extra === null || known.evidence.length === 0)) {
      setLatest({ key, id, inspection: known, failedKey: null, error: null });
      return;
    }
    let superseded = false;
    const task = `inspect-${++taskCount}`;
    const timer = setTimeout(() => {
      inspect(id, task, options, extra).then(
        ({ inspection: fresh, error }) => {
          if (superseded) return;
          const inspection = error ? fresh : keep(plainKey, id, fresh);
          updateRow(id, inspection);
          setLatest({ key, id, inspection, failedKey: error && key, error });
        },
        (error: unknown) => {
          if (superseded) return;
          const { name, message } = error instanceof Error ? error : new Error(String(error));
          setLatest((before) => ({ ...before, failedKey: key, error: { name, message } }));
        },
      );
    }, SETTLE_MS);
    return () => {
      superseded = true;
      clearTimeout(timer);
      engine.cancel(task).catch(() => {});
    };
    // `key` says all that `options` does.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [key]);

  const failed = key !== null && latest.failedKey === key;
  return {
    inspection: latest.inspection,
    id: latest.id,
    loading: key !== null && latest.key !== key && !failed,
    error: failed ? latest.error : null,
  };
}
