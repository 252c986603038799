import { useEffect, useEffectEvent, useState } from 'react';
import type { Box } from '../../../core/find/boxes.ts';
import type { Size } from '../../../core/model.ts';
import { useElementSize } from '../../../ui/hooks/useElementSize.ts';
import type { Point } from './logic/editBoxes.ts';
import { fitView, keepOnStage, panBy, showBox, type View, zoomAt } from './logic/viewTransform.ts';

/** Zoom of a wheel's notch of 100 px, and of a pinch on a touchpad, which comes as many small steps with Ctrl. */
const WHEEL = 0.002;
const PINCH = 0.01;
/** Pixels of a line, where a wheel counts in lines. */
const LINE = 16;

/** The stage's size, how the photo lies on it, and the wheel. `view` is null until the stage is measured. */
export function useStageView(photoId: string, photo: Size) {
  const [ref, stage] = useElementSize<HTMLDivElement>();
  // Null is the whole photo, whatever size the stage gets.
  const [kept, setKept] = useState<{ photoId: string; view: View | null }>({ photoId, view: null });
  const chosen = kept.photoId === photoId ? kept.view : null;
  const ready = stage.width > 0 && stage.height > 0;
  const view = ready ? (chosen ? keepOnStage(chosen, photo, stage) : fitView(photo, stage)) : null;
  const setView = (next: View | null) => setKept({ photoId, view: next });
  /** From the view as it is by then: several wheel steps come between two drawings. */
  const change = (step: (view: View) => View) =>
    setKept((old) => {
      const fit = fitView(photo, stage);
      const before = old.photoId === photoId && old.view ? keepOnStage(old.view, photo, stage) : fit;
      const next = step(before);
      return { photoId, view: next.scale > fit.scale ? next : null };
    });
  const zoom = (factor: number, at: Point = { x: stage.width / 2, y: stage.height / 2 }) => {
    if (ready) change((before) => zoomAt(before, factor, at, photo, stage));
  };

  /** Brings a box into sight that the keyboard has come to. */
  const reveal = (box: Box) => {
    if (ready) change((before) => showBox(before, box, photo, stage));
  };

  const onWheel = useEffectEvent((event: WheelEvent) => {
    if (!view || !ref.current) return;
    event.preventDefault();
    const box = ref.current.getBoundingClientRect();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE : 1;
    if (event.deltaX !== 0 && !event.ctrlKey) {
      change((before) => panBy(before, -event.deltaX * unit, -event.deltaY * unit, photo, stage));
      return;
    }
    const power = -event.deltaY * unit * (event.ctrlKey ? PINCH : WHEEL);
    zoom(Math.exp(power), { x: event.clientX - box.left, y: event.clientY - box.top });
  });
  useEffect(() => {
    const element = ref.current;
    // React listens passively, and the page must not scroll.
    element?.addEventListener('wheel', onWheel, { passive: false });
    return () => element?.removeEventListener('wheel', onWheel);
  }, [ref]);

  return { ref, stage, view, setView, zoom, reveal, fitted: chosen === null };
}

export type StageView = ReturnType<typeof useStageView>;
