import styles from './BoxEditor.module.css';
import type { Point } from './logic/editBoxes.ts';

/** Lines through the pointer, to start a box flush with what it is drawn around; dark and light, to be seen on every photo. */
export function Crosshair({ at }: { at: Point }) {
  const lines = [
    { x1: at.x, x2: at.x, y1: '0', y2: '100%' },
    { x1: '0', x2: '100%', y1: at.y, y2: at.y },
  ];
  return (
    <g aria-hidden>
      {lines.map((line) => (
        <g key={line.y2}>
          <line className={styles['dark']} {...line} />
          <line className={styles['light']} {...line} />
        </g>
      ))}
    </g>
  );
}
