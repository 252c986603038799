import type { Handle, Point } from './editBoxes.ts';
import type { ScreenRect } from './viewTransform.ts';

/** A box as it lies on the stage. */
export interface Target {
  id: string;
  rect: ScreenRect;
}

/** What a press on the stage holds; null for the bare photo. */
export type Hit = { kind: 'handle'; id: string; handle: Handle } | { kind: 'box'; id: string } | null;

/** How far outside of a box its sides can be held, and inside where there is room, in CSS pixels: twice that is 24 and 44 px. */
export const REACH = { fine: 12, coarse: 22 };
/** How near to the outline of a box that is not selected a press means it. */
const OUTLINE = 4;

/** Where on one axis: at its start, at its end, between them, or beyond. */
function part(at: number, start: number, length: number, reach: number): 'start' | 'end' | 'between' | null {
  // A small box keeps half of its middle, to be moved by.
  const inside = Math.min(reach, length / 4);
  if (at < start - reach || at > start + length + reach) return null;
  if (at <= start + inside) return 'start';
  return at >= start + length - inside ? 'end' : 'between';
}

/** Which of the eight handles of a box is held at a place; `move` for its middle, null for none. */
export function handleAt(at: Point, rect: ScreenRect, reach: number): Handle | 'move' | null {
  const x = part(at.x, rect.x, rect.width, reach);
  const y = part(at.y, rect.y, rect.height, reach);
  if (!x || !y) return null;
  const vertical = y === 'start' ? 'n' : y === 'end' ? 's' : '';
  const horizontal = x === 'start' ? 'w' : x === 'end' ? 'e' : '';
  const handle = `${vertical}${horizontal}`;
  return handle === '' ? 'move' : (handle as Handle);
}

/** The boxes under a place, smallest first. */
export function boxesUnder(at: Point, targets: readonly Target[]): readonly Target[] {
  return targets
    .filter(({ rect }) => {
      const x = part(at.x, rect.x, rect.width, OUTLINE);
      return x !== null && part(at.y, rect.y, rect.height, OUTLINE) !== null;
    })
    .sort((a, b) => a.rect.width * a.rect.height - b.rect.width * b.rect.height);
}

/** What a press holds: first the selected box's handles and middle, then the smallest box under it. */
export function hitAt(at: Point, targets: readonly Target[], selected: string | null, reach: number): Hit {
  const own = targets.find(({ id }) => id === selected);
  const handle = own ? handleAt(at, own.rect, reach) : null;
  if (own && handle) return handle === 'move' ? { kind: 'box', id: own.id } : { kind: 'handle', id: own.id, handle };
  const under = boxesUnder(at, targets)[0];
  return under ? { kind: 'box', id: under.id } : null;
}

/** The box that a click selects: the smallest under it, and with each further click the next larger. */
export function clickedBox(at: Point, targets: readonly Target[], selected: string | null): string | null {
  const under = boxesUnder(at, targets);
  const place = under.findIndex(({ id }) => id === selected);
  return under[(place + 1) % Math.max(1, under.length)]?.id ?? null;
}
