import type { Size } from '../../../core/model.ts';
import { percent } from '../../../ui/format.ts';
import styles from './BoxEditor.module.css';
import { inkOnClass } from './logic/classInk.ts';
import type { ScreenRect } from './logic/viewTransform.ts';

export interface BoxLabelProps {
  name: string;
  colour: string;
  probability: number | null;
  rect: ScreenRect;
  stage: Size;
  selected: boolean;
}

/** Height of a label, and least width, in CSS pixels. */
const HEIGHT = 20;
const LEAST = 72;

/** The class at a box: above it, or inside where the stage ends; none where the box is out of sight. */
export function BoxLabel({ name, colour, probability, rect, stage, selected }: BoxLabelProps) {
  const { x, y, width } = rect;
  if (x > stage.width || y > stage.height || x + width < 0 || y + rect.height < 0) return null;
  // Handles of the selected box stay free.
  const height = selected ? HEIGHT + 6 : HEIGHT;
  const above = y >= height;
  return (
    <span
      className={styles['label']}
      data-selected={selected || undefined}
      style={{
        transform: `translate(${Math.max(0, x - 1)}px, ${Math.max(0, above ? y - height : y)}px)`,
        maxWidth: Math.max(LEAST, width + Math.min(0, x)),
        background: colour,
        color: inkOnClass(colour),
      }}
      aria-hidden
    >
      {name}
      {probability !== null && <b>{percent(probability)}</b>}
    </span>
  );
}
