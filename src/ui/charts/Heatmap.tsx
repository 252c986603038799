import { type KeyboardEvent, memo, useState } from 'react';
import styles from './Heatmap.module.css';
import { css, inkOn, type Rgb } from './palettes.ts';

/** Who listens to a heatmap's cells, told by their index. */
export interface HeatmapListeners {
  onPoint: (i: number | null) => void;
  onChoose: (i: number) => void;
  onKeyDown: (event: KeyboardEvent, i: number) => void;
}

export interface HeatmapProps extends Partial<HeatmapListeners> {
  rows: number;
  columns: number;
  /** Its place inside another SVG, in CSS pixels; fills the box around it when absent. */
  box?: { x: number; y: number; width: number; height: number };
  /** Colour of cell `i`, row-major. */
  colour: (i: number) => Rgb;
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
}

/**
 * Coloured cells as an ARIA grid with one tab stop; the owner decides where arrow keys lead. An SVG whose colours need no style sheet, so
 * that a picture made of it looks the same.
 */
export function Heatmap(props: HeatmapProps) {
  const { rows, columns, box, label, active, chosen, tabStop, firstId = 0, onPoint, onChoose, onKeyDown } = props;
  const { colour, text, cellLabel } = props;
  const [focused, setFocused] = useState<number | null>(null);
  const place = (i: number) => ({
    x: `${((i % columns) / columns) * 100}%`,
    y: `${(Math.floor(i / columns) / rows) * 100}%`,
    width: `${100 / columns}%`,
    height: `${100 / rows}%`,
  });
  const middle = (i: number) => ({
    x: `${(((i % columns) + 0.5) / columns) * 100}%`,
    y: `${((Math.floor(i / columns) + 0.5) / rows) * 100}%`,
  });
  return (
    <svg
      {...(box ?? { width: '100%', height: '100%' })}
      className={styles['heatmap']}
      overflow="visible"
      role="grid"
      aria-label={label}
      aria-rowcount={rows}
      aria-colcount={columns}
    >
      {Array.from({ length: rows }, (_, row) => (
        <g key={row} role="row">
          {Array.from({ length: columns }, (_, column) => {
            const i = row * columns + column;
            const fill = colour(i);
            const words = text?.(i);
            return (
              <g
                key={column}
                role="gridcell"
                data-cell={firstId + i}
                tabIndex={i === tabStop ? 0 : -1}
                aria-label={cellLabel(i)}
                aria-selected={i === chosen}
                onPointerEnter={() => onPoint?.(i)}
                onPointerLeave={() => onPoint?.(null)}
                onFocus={(event) => {
                  if (event.currentTarget.matches(':focus-visible')) setFocused(i);
                  onPoint?.(i);
                }}
                onBlur={() => {
                  setFocused(null);
                  onPoint?.(null);
                }}
                onClick={() => onChoose?.(i)}
                onKeyDown={(event) => onKeyDown?.(event, i)}
              >
                <rect {...place(i)} fill={css(fill)} shapeRendering="crispEdges" />
                {words != null && (
                  <text {...middle(i)} dy={4} textAnchor="middle" fill={inkOn(fill)} aria-hidden>
                    {words}
                  </text>
                )}
              </g>
            );
          })}
        </g>
      ))}
      <Gaps rows={rows} columns={columns} />
      {active !== null && <Frame {...place(active)} />}
      {chosen !== null && <Frame {...place(chosen)} chosen />}
      {focused !== null && <Frame {...place(focused)} focused />}
    </svg>
  );
}

/** One pixel of the ground between the cells. */
const Gaps = memo(function Gaps({ rows, columns }: { rows: number; columns: number }) {
  const between = (count: number) => Array.from({ length: count - 1 }, (_, i) => `${((i + 1) / count) * 100}%`);
  return (
    <g stroke="var(--surface)" shapeRendering="crispEdges" pointerEvents="none">
      {between(columns).map((x) => (
        <line key={x} x1={x} x2={x} y1="0%" y2="100%" />
      ))}
      {between(rows).map((y) => (
        <line key={y} y1={y} y2={y} x1="0%" x2="100%" />
      ))}
    </g>
  );
});

interface FrameProps {
  /** Place of the cell, in percent. */
  x: string;
  y: string;
  width: string;
  height: string;
  chosen?: boolean;
  focused?: boolean;
}

/** The frame of a cell that is lit, of one that is chosen (with a line inside), or of the one that the keyboard is on. */
function Frame({ chosen = false, focused = false, ...place }: FrameProps) {
  return (
    <svg {...place} overflow="visible" fill="none" pointerEvents="none">
      <rect width="100%" height="100%" stroke="var(--surface)" strokeWidth={focused ? 7 : 5} />
      <rect
        width="100%"
        height="100%"
        stroke={focused ? 'var(--accent)' : 'var(--ink)'}
        strokeWidth={focused ? 3 : 2}
      />
      {chosen && <rect className={styles['inner']} stroke="var(--ink)" />}
    </svg>
  );
}
