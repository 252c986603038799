import { percent } from '../../../ui/format.ts';
import styles from './BoxEditor.module.css';
import { inkOnClass } from './logic/classInk.ts';
import type { ScreenRect } from './logic/viewTransform.ts';

export interface BoxLabelProps {
  name: string;
  colour: string;
  probability: number | null;
  rect: ScreenRect;
  selected: boolean;
}

/** Height of a label, and least width, in CSS pixels. */
const HEIGHT = 20;
const LEAST = 72;

/** The class at a box: above it, or inside where the stage ends. */
export function BoxLabel({ name, colour, probability, rect, selected }: BoxLabelProps) {
  // Handles of the selected box stay free.
  const height = selected ? HEIGHT + 6 : HEIGHT;
  const above = rect.y >= height;
  return (
    <span
      className={styles['label']}
      data-selected={selected || undefined}
      style={{
        transform: `translate(${Math.max(0, rect.x - 1)}px, ${Math.max(0, above ? rect.y - height : rect.y)}px)`,
        maxWidth: Math.max(LEAST, rect.width),
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
