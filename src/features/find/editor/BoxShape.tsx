import { memo } from 'react';
import styles from './BoxEditor.module.css';
import type { ScreenRect } from './logic/viewTransform.ts';

export interface BoxShapeProps extends ScreenRect {
  id: string;
  colour: string;
  /** A detector's, not a person's. */
  suggested: boolean;
  selected: boolean;
  label: string;
}

/** One box over the photo: can be reached by Tab, and says what and where it is. */
export const BoxShape = memo(function BoxShape(props: BoxShapeProps) {
  const { id, colour, suggested, selected, label, ...rect } = props;
  const look = [styles['box'], selected && styles['selected'], suggested && styles['suggested']];
  return (
    <g
      className={look.filter(Boolean).join(' ')}
      style={{ color: colour }}
      role="button"
      tabIndex={0}
      aria-pressed={selected}
      aria-label={label}
      data-item={id}
      data-suggested={suggested || undefined}
    >
      <rect className={styles['halo']} {...rect} />
      <rect className={styles['outline']} {...rect} />
    </g>
  );
});
