import type { Box } from '../../../core/find/boxes.ts';
import type { Size } from '../../../core/model.ts';
import styles from './BoxEditor.module.css';
import type { ScreenRect } from './logic/viewTransform.ts';

/** Room below a box that the tag needs, in CSS pixels. */
const ROOM = 32;

/** Size of the selected box in pixels of the photo, below it or inside where the stage ends. */
export function SizeTag({ box, rect, stage }: { box: Box; rect: ScreenRect; stage: Size }) {
  const bottom = rect.y + rect.height;
  const right = rect.x + rect.width;
  if (bottom < 0 || rect.y > stage.height || right < 0 || rect.x > stage.width) return null;
  const y = Math.min(bottom + 10, stage.height - ROOM + 8);
  const x = Math.min(right, stage.width);
  return (
    <span className={styles['size']} style={{ transform: `translate(calc(${x}px - 100%), ${y}px)` }} aria-hidden>
      {Math.round(box[2] - box[0])} × {Math.round(box[3] - box[1])} px
    </span>
  );
}
