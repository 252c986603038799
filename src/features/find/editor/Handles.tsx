import styles from './BoxEditor.module.css';
import type { Handle } from './logic/editBoxes.ts';
import type { ScreenRect } from './logic/viewTransform.ts';

const PLACES: readonly [Handle, number, number][] = [
  ['nw', 0, 0],
  ['n', 0.5, 0],
  ['ne', 1, 0],
  ['e', 1, 0.5],
  ['se', 1, 1],
  ['s', 0.5, 1],
  ['sw', 0, 1],
  ['w', 0, 0.5],
];
/** Shortest side with room for a handle in its middle, in CSS pixels. */
const ROOM = 48;

/** Side under which the marks stand outside of the box, so that the box itself is seen. */
const SMALL = 40;

/** The eight marks of the selected box, of one size however far the photo is zoomed; its whole sides can be held. */
export function Handles({ rect, colour, size }: { rect: ScreenRect; colour: string; size: number }) {
  const outwards = Math.min(rect.width, rect.height) < SMALL ? size / 2 : 0;
  return (
    <g aria-hidden style={{ color: colour }}>
      {PLACES.map(([handle, x, y]) => {
        if ((x === 0.5 && rect.width < ROOM) || (y === 0.5 && rect.height < ROOM)) return null;
        return (
          <rect
            key={handle}
            className={styles['handle']}
            data-handle={handle}
            x={rect.x + x * rect.width - size / 2 + (2 * x - 1) * outwards}
            y={rect.y + y * rect.height - size / 2 + (2 * y - 1) * outwards}
            width={size}
            height={size}
            rx={1}
          />
        );
      })}
    </g>
  );
}
