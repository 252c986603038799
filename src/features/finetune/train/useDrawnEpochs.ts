import { useEffect, useEffectEvent, useState } from 'react';
import { useMediaQuery } from '../../../ui/hooks/useMediaQuery.ts';

/** The curves of a training take at least this long to be drawn: learning itself can be over in a blink. */
const LEAST_MS = 2500;
const TICK_MS = 80;

interface Watched {
  training: boolean;
  runId: string | null;
  /** The run that was open when the training began. */
  before: string | null;
}

/**
 * How many epochs of a training that is being watched are to be drawn by now: never more than there are, and not all in a blink. The drawing
 * may end a moment after the training does; what is known of the run is not held back for it.
 * @param epochs points that there are
 * @param total epochs that the training is to have
 * @returns a count of epochs, not whole while they are drawn; Infinity for all that there are
 */
export function useDrawnEpochs(training: boolean, runId: string | null, epochs: number, total: number): number {
  const still = useMediaQuery('(prefers-reduced-motion: reduce)');
  const [watched, setWatched] = useState<Watched>({ training, runId, before: runId });
  const [drawn, setDrawn] = useState<number | null>(() => (training ? epochs : null));
  if (watched.training !== training || watched.runId !== runId) {
    const begun = training && !watched.training;
    setWatched({ training, runId, before: begun ? runId : watched.before });
    if (begun) setDrawn(0);
    // Over without a run, or another run was opened.
    else if (!training && (!watched.training || runId === watched.before)) setDrawn(null);
  }
  const tick = useEffectEvent(() => {
    const next = Math.min(epochs, (drawn ?? 0) + (total * TICK_MS) / LEAST_MS);
    setDrawn(!training && next >= epochs ? null : next);
  });
  const drawing = drawn !== null && !still;
  useEffect(() => {
    if (!drawing) return;
    const timer = setInterval(tick, TICK_MS);
    return () => clearInterval(timer);
  }, [drawing]);
  return drawing ? drawn : Infinity;
}
