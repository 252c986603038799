import { type PointerEvent, useEffect, useEffectEvent, useRef, useState } from 'react';
import type { Box } from '../../../core/find/boxes.ts';
import type { Size } from '../../../core/model.ts';
import { boxBetween, type Handle, moveBox, type Point, resizeBox } from './logic/editBoxes.ts';
import { clickedBox, hitAt, REACH, type Target } from './logic/hits.ts';
import type { SpaceKey } from './logic/SpaceKey.ts';
import { type Editing, NEW_BOX } from './useEditing.ts';
import type { StageView } from './useStageView.ts';
import { panBy, pinch, toPhoto, toScreen, type View } from './logic/viewTransform.ts';

/** CSS pixels that a pointer may move before a proposal that was stepped to is given up for the likeliest one there. */
const STEADY = 16;
/** CSS pixels from which a press is a drag. */
const DRAG = { mouse: 4, touch: 8 };

type Action =
  | { kind: 'draw' }
  | { kind: 'move'; id: string; box: Box }
  | { kind: 'resize'; id: string; box: Box; handle: Handle }
  | { kind: 'look'; id: string }
  | { kind: 'pan'; view: View };

interface Press {
  pointer: number;
  start: Point;
  touch: boolean;
  /** Shift was held: the tightest proposal is meant. */
  tightest: boolean;
  dragged: boolean;
  /** What was selected before. */
  selected: string | null;
  action: Action;
}

/** What stands under a pointer that holds nothing. */
export interface Hover {
  at: Point;
  /** The proposal that a click takes. */
  proposal: Box | null;
  /** It was stepped to, from the likeliest, with the pointer there. */
  stepped?: Point;
  cursor: string;
}

const CURSORS: Record<Handle, string> = {
  n: 'ns-resize',
  s: 'ns-resize',
  e: 'ew-resize',
  w: 'ew-resize',
  nw: 'nwse-resize',
  se: 'nwse-resize',
  ne: 'nesw-resize',
  sw: 'nesw-resize',
};

/** Mouse, pen and fingers on the stage. */
export function useGestures(editing: Editing, stageView: StageView, photo: Size, space: SpaceKey) {
  const { view, stage, setView } = stageView;
  const press = useRef<Press | null>(null);
  const fingers = useRef(new Map<number, Point>());
  /** Two fingers since they came down, and the view by then; none of them left once one is lifted. */
  const pinching = useRef<{ view: View; from: readonly [Point, Point]; over: boolean } | null>(null);
  const [hover, setHover] = useState<Hover | null>(null);
  const selected = editing.selected?.id ?? null;

  const local = (event: PointerEvent<HTMLElement>): Point => {
    const box = event.currentTarget.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const targets = (): readonly Target[] =>
    view ? editing.items.map(({ id, box }) => ({ id, rect: toScreen(view, box) })) : [];

  const actionAt = (event: PointerEvent<HTMLElement>, at: Point, now: View): Action => {
    if (event.button === 1 || space.held) {
      space.usedToPan();
      return { kind: 'pan', view: now };
    }
    const reach = event.pointerType === 'touch' ? REACH.coarse : REACH.fine;
    const hit = editing.drawing ? null : hitAt(at, targets(), selected, reach);
    const box = editing.items.find(({ id }) => id === hit?.id)?.box;
    if (editing.locked) return box && hit ? { kind: 'look', id: hit.id } : { kind: 'pan', view: now };
    if (!hit || !box) return { kind: 'draw' };
    return hit.kind === 'handle'
      ? { kind: 'resize', id: hit.id, box, handle: hit.handle }
      : { kind: 'move', id: hit.id, box };
  };

  /** What a drag has made of a box so far; null for a rectangle that is too small, and for a pan. */
  const boxOf = ({ action, start }: Press, at: Point, now: View): { id: string; box: Box } | null => {
    const [dx, dy] = [(at.x - start.x) / now.scale, (at.y - start.y) / now.scale];
    if (action.kind === 'draw') {
      const box = boxBetween(toPhoto(now, start), toPhoto(now, at), photo);
      return box && { id: NEW_BOX, box };
    }
    if (action.kind === 'move') return { id: action.id, box: moveBox(action.box, dx, dy, photo) };
    if (action.kind === 'resize') return { id: action.id, box: resizeBox(action.box, action.handle, dx, dy, photo) };
    return null;
  };

  const click = ({ action, start, touch, tightest, selected: before }: Press, now: View) => {
    if (action.kind !== 'draw' && action.kind !== 'move') return;
    if (action.kind === 'move') {
      if (action.id === before) editing.select(clickedBox(start, targets(), before) ?? before);
      return;
    }
    const at = toPhoto(now, start);
    const proposal = steady(start)?.proposal ?? editing.offered(at, tightest);
    // A finger sees no proposal before it takes one: a tap beside the selected box lets go of it.
    if (touch && before !== null && !editing.drawing) editing.select(null);
    else if (proposal) {
      setHover(null);
      editing.add(proposal, at);
    } else editing.select(null);
  };

  const cancel = () => {
    press.current = null;
    editing.drop();
  };

  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (!view) return;
    const at = local(event);
    if (!event.currentTarget.contains(document.activeElement)) event.currentTarget.focus({ preventScroll: true });
    const touch = event.pointerType === 'touch';
    if (touch) {
      fingers.current.set(event.pointerId, at);
      const [a, b] = [...fingers.current.values()];
      if (a && b) {
        pinching.current ??= { view, from: [a, b], over: false };
        cancel();
        return;
      }
    }
    if (press.current || pinching.current || event.button > 1) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    editing.settle();
    const action = actionAt(event, at, view);
    press.current = {
      pointer: event.pointerId,
      start: at,
      touch,
      tightest: event.shiftKey,
      dragged: false,
      selected,
      action,
    };
    if ('id' in action && action.id !== selected) editing.select(action.id);
    setHover((old) => old && (old.stepped ? old : { ...old, proposal: null }));
  };

  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    if (!view) return;
    const at = local(event);
    if (fingers.current.has(event.pointerId)) fingers.current.set(event.pointerId, at);
    if (pinching.current) {
      const { view: before, from, over } = pinching.current;
      const [a, b] = [...fingers.current.values()];
      // From where they began: the moves of two fingers come one by one, between two drawings.
      if (a && b && !over) setView(pinch(before, from, [a, b], photo, stage));
      return;
    }
    const held = press.current;
    if (!held) {
      if (event.pointerType !== 'touch') setHover(hoverAt(at, view, event.shiftKey));
      return;
    }
    if (held.pointer !== event.pointerId) return;
    const [dx, dy] = [at.x - held.start.x, at.y - held.start.y];
    if (!held.dragged && Math.hypot(dx, dy) < (held.touch ? DRAG.touch : DRAG.mouse)) return;
    held.dragged = true;
    if (held.action.kind === 'pan') {
      setView(panBy(held.action.view, dx, dy, photo, stage));
      return;
    }
    const made = boxOf(held, at, view);
    if (made) editing.preview(made.id, made.box);
    else editing.drop();
  };

  /** What was stepped to, while the pointer stays about where it was. */
  const steady = (at: Point): Hover | null => {
    const from = hover?.stepped;
    return from && Math.hypot(at.x - from.x, at.y - from.y) < STEADY ? hover : null;
  };

  const hoverAt = (at: Point, now: View, tightest: boolean): Hover => {
    if (space.held) return { at, proposal: null, cursor: 'grab' };
    const hit = editing.drawing ? null : hitAt(at, targets(), selected, REACH.fine);
    if (hit) return { at, proposal: null, cursor: hit.kind === 'handle' ? CURSORS[hit.handle] : 'move' };
    const before = tightest ? null : steady(at);
    if (before) return { ...before, at };
    return { at, proposal: editing.locked ? null : editing.offered(toPhoto(now, at), tightest), cursor: 'crosshair' };
  };

  /** Shows the next larger or smaller proposal under the pointer. @returns whether there is a pointer with one under it */
  const stepHover = (step: 1 | -1): boolean => {
    if (!hover?.proposal || !view) return false;
    const at = toPhoto(view, hover.at);
    const next = editing.steppedFrom(hover.proposal, at, step);
    if (next) setHover({ ...hover, proposal: next, stepped: hover.at });
    return true;
  };

  // Shift is pressed and let go with the pointer still.
  const onShift = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== 'Shift' || !hover?.proposal || !view || press.current) return;
    setHover(hoverAt(hover.at, view, event.type === 'keydown'));
  });
  useEffect(() => {
    window.addEventListener('keydown', onShift);
    window.addEventListener('keyup', onShift);
    return () => {
      window.removeEventListener('keydown', onShift);
      window.removeEventListener('keyup', onShift);
    };
  }, []);

  /** A finger that stays when the other is lifted draws nothing. */
  const liftFinger = () => {
    if (fingers.current.size === 0) pinching.current = null;
    else if (pinching.current) pinching.current.over = true;
  };

  const onPointerUp = (event: PointerEvent<HTMLElement>) => {
    fingers.current.delete(event.pointerId);
    if (pinching.current) {
      liftFinger();
      return;
    }
    const held = press.current;
    if (!held || held.pointer !== event.pointerId || !view) return;
    press.current = null;
    if (!held.dragged) {
      click(held, view);
      return;
    }
    const made = boxOf(held, local(event), view);
    if (!made) editing.drop();
    else if (made.id === NEW_BOX) editing.add(made.box);
    else editing.put(made.id, made.box);
  };

  const onPointerCancel = (event: PointerEvent<HTMLElement>) => {
    fingers.current.delete(event.pointerId);
    liftFinger();
    if (press.current?.pointer === event.pointerId) cancel();
  };

  return {
    hover,
    cancel,
    stepHover,
    handlers: { onPointerDown, onPointerMove, onPointerUp, onPointerCancel, onPointerLeave: () => setHover(null) },
  };
}

export type Gestures = ReturnType<typeof useGestures>;
