import type { KeyboardEvent } from 'react';
import styles from './Heatmap.module.css';
import { css, inkOn, type Rgb } from './palettes.ts';

export interface HeatmapProps {
  rows: number;
  columns: number;
  /** Colour of cell `i`, row-major; null draws an empty cell. */
  colour: (i: number) => Rgb | null;
  /** Text inside the cell, or null for none. */
  text?: (i: number) => string | null;
  /** Name of the whole grid for screen readers. */
  label: string;
  /** Name of one cell for screen readers, with its value. */
  cellLabel: (i: number) => string;
  /** Lit cell, chosen cell, and the one cell that Tab reaches; null for none. */
  active: number | null;
  chosen: number | null;
  tabStop: number | null;
  /** Added to `i` for `data-cell`, by which the owner moves the focus. */
  firstId?: number;
  onPoint: (i: number | null) => void;
  onChoose: (i: number) => void;
  onKeyDown: (event: KeyboardEvent, i: number) => void;
}

/** Coloured cells as an ARIA grid with one tab stop; the owner decides where arrow keys lead. Fills its box. */
export function Heatmap(props: HeatmapProps) {
  const {
    rows,
    columns,
    colour,
    text,
    label,
    cellLabel,
    active,
    chosen,
    tabStop,
    firstId = 0,
    onPoint,
    onChoose,
    onKeyDown,
  } = props;
  return (
    <div className={styles['heatmap']} role="grid" aria-label={label} aria-rowcount={rows} aria-colcount={columns}>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className={styles['row']} role="row">
          {Array.from({ length: columns }, (_, column) => {
            const i = row * columns + column;
            const fill = colour(i);
            const classes = [
              styles['cell'],
              !fill && styles['empty'],
              i === active && styles['active'],
              i === chosen && styles['chosen'],
            ];
            return (
              <div
                key={column}
                role="gridcell"
                data-cell={firstId + i}
                tabIndex={i === tabStop ? 0 : -1}
                aria-label={cellLabel(i)}
                aria-selected={i === chosen}
                className={classes.filter(Boolean).join(' ')}
                style={fill ? { background: css(fill), color: inkOn(fill) } : undefined}
                onPointerEnter={() => onPoint(i)}
                onPointerLeave={() => onPoint(null)}
                onFocus={() => onPoint(i)}
                onBlur={() => onPoint(null)}
                onClick={() => onChoose(i)}
                onKeyDown={(event) => onKeyDown(event, i)}
              >
                <span aria-hidden>{text?.(i)}</span>
              </div>
            );
          })}
        </div>
      ))}
    </div>
  );
}
