import { type KeyboardEvent, type PointerEvent, useId, useLayoutEffect, useMemo, useRef } from 'react';
import type { PyramidView } from '../../../store/view.ts';
import type { Scale } from '../../../ui/charts/palettes.ts';
import { dimensions } from '../../../ui/format.ts';
import styles from './Readout.module.css';
import { paintCells } from '../overlay/CellTint.tsx';
import { cellsToImage } from '../figure/cellsToImage.ts';
import { ranks } from './measures.ts';
import { oneCell } from '../overlay/overlayGeometry.ts';
import { type PanelModel, valueText } from '../panelModel.ts';

export interface CellEvidenceProps {
  models: readonly PanelModel[];
  view: PyramidView;
  scale: Scale;
  onView: (changes: Partial<PyramidView>) => void;
}

/** Exact evidence per cell of the feature map, for the head that takes the mean over all cells: one grid of its cells per image. */
export function CellEvidence({ models, view, scale, onView }: CellEvidenceProps) {
  return (
    <div className={styles['maps']}>
      {models.map((model, i) => (
        <CellMap
          key={i === 0 ? 'image' : 'pinned'}
          model={model}
          view={view}
          scale={scale}
          onView={onView}
          shared={i === 0}
        />
      ))}
    </div>
  );
}

interface CellMapProps extends Omit<CellEvidenceProps, 'models'> {
  model: PanelModel;
  /** Whether pointing here lights the cell on the image and the other way round. */
  shared: boolean;
}

function CellMap({ model, view, scale, onView, shared }: CellMapProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const id = useId();
  const { map, plan } = model.inspection;
  const cells = model.evidence?.cells ?? null;
  const rank = useMemo(() => (cells ? ranks(cells) : []), [cells]);
  useLayoutEffect(() => {
    if (canvas.current && cells) paintCells(canvas.current, cells, map.width, map.height, scale);
  }, [cells, map.width, map.height, scale]);
  if (!cells) return <p className={styles['note']}>No evidence for this class in {model.name}.</p>;

  const cell = shared ? (view.pointed?.cell ?? null) : null;
  const lit = cell === null || cell >= cells.length ? null : oneCell(cell, map.width);
  const pixels = lit && cellsToImage(lit, plan);
  const set = (next: number | null): void => {
    if (shared && next !== cell) onView({ pointed: next === null ? null : { bin: null, channel: null, cell: next } });
  };
  const move = (event: PointerEvent): void => {
    const box = event.currentTarget.getBoundingClientRect();
    const column = Math.min(
      map.width - 1,
      Math.max(0, Math.floor(((event.clientX - box.left) / box.width) * map.width)),
    );
    const row = Math.min(
      map.height - 1,
      Math.max(0, Math.floor(((event.clientY - box.top) / box.height) * map.height)),
    );
    set(row * map.width + column);
  };
  const keyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const at = cell ?? 0;
    const [row, column] = [Math.floor(at / map.width), at % map.width];
    const to: Record<string, number> = {
      ArrowLeft: column > 0 ? at - 1 : at,
      ArrowRight: column < map.width - 1 ? at + 1 : at,
      ArrowUp: row > 0 ? at - map.width : at,
      ArrowDown: row < map.height - 1 ? at + map.width : at,
      Home: row * map.width,
      End: row * map.width + map.width - 1,
    };
    const next = to[event.key];
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    set(next);
  };
  const text =
    lit && cell !== null ? `${valueText(cells[cell] ?? 0, true)}, rank ${rank[cell]} of ${cells.length}` : '';
  const aspect = map.width / map.height;

  return (
    <div className={styles['map']}>
      <div
        className={styles['grid']}
        style={{ aspectRatio: `${map.width} / ${map.height}`, width: `min(100%, ${Math.round(220 * aspect)}px)` }}
        role="grid"
        tabIndex={0}
        aria-label={`Evidence for ${model.evidence?.label ?? ''} per cell of ${model.name}, share of the logit`}
        aria-rowcount={map.height}
        aria-colcount={map.width}
        aria-activedescendant={lit ? `${id}-cell` : undefined}
        onPointerMove={move}
        onPointerDown={move}
        onPointerLeave={() => set(null)}
        onFocus={() => set(cell ?? 0)}
        onBlur={() => set(null)}
        onKeyDown={keyDown}
      >
        <canvas ref={canvas} className={styles['pixels']} aria-hidden />
        <div role="row" aria-rowindex={(lit?.top ?? 0) + 1}>
          <div
            id={`${id}-cell`}
            role="gridcell"
            aria-colindex={(lit?.left ?? 0) + 1}
            aria-label={lit ? `Row ${lit.top + 1}, column ${lit.left + 1}: ${text}` : 'No cell'}
            className={lit ? styles['lit'] : styles['none']}
            style={
              lit
                ? {
                    left: `${(lit.left / map.width) * 100}%`,
                    top: `${(lit.top / map.height) * 100}%`,
                    width: `${100 / map.width}%`,
                    height: `${100 / map.height}%`,
                  }
                : undefined
            }
          />
        </div>
      </div>
      <p className={styles['note']}>
        {lit && pixels ? (
          <>
            Row {lit.top + 1}, column {lit.left + 1} of {dimensions(map)} cells: <strong>{text}</strong>
            <br />
            pixels x {Math.round(pixels.x)}–{Math.round(pixels.x + pixels.width)}, y {Math.round(pixels.y)}–
            {Math.round(pixels.y + pixels.height)}
          </>
        ) : (
          <>
            {dimensions(map)} cells of {model.name}: evidence for {model.evidence?.label}
            <br />
            point at one, or use the arrow keys
          </>
        )}
      </p>
    </div>
  );
}
