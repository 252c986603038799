import { useId, useMemo } from 'react';
import type { Pointed, PyramidView } from '../../../store/view.ts';
import type { Scale } from '../../../ui/charts/palettes.ts';
import { useElementSize } from '../../../ui/hooks/useElementSize.ts';
import styles from './BinOverlay.module.css';
import { CellTint, type ChannelTint } from './CellTint.tsx';
import { evidenceCells, evidenceScale } from './evidenceCells.ts';
import { gridLines, outline } from '../figure/gridLines.ts';
import { binOnScreen, cellOnScreen, cellsOnScreen, dots, oneCell, overlaps } from './overlayGeometry.ts';
import { activeBin, binName, isPerCell, type PanelModel } from '../panelModel.ts';
import { sharedBands } from './sharedCells.ts';

export interface BinOverlayProps {
  model: PanelModel;
  view: PyramidView;
  /** Colour scale of the evidence per cell. */
  scale: Scale;
  /** The channel that the cells are coloured by; null for none. */
  tint?: ChannelTint | null;
  onPoint: (pointed: Pointed | null) => void;
  /** A bin was clicked or tapped. */
  onChoose: (bin: number) => void;
  interactive?: boolean;
}

/**
 * The bins in their true position over the displayed image, whose box it fills: the grid of the chosen level, the lit bin with
 * its overlaps and the cells where its maxima stand; the evidence per cell where the head has no bins.
 * Pointing and tapping only: the keyboard's way to the bins is the panel's grids.
 */
export function BinOverlay({
  model,
  view,
  scale,
  tint = null,
  onPoint,
  onChoose,
  interactive = true,
}: BinOverlayProps) {
  const [ref, shown] = useElementSize<HTMLDivElement>();
  const hatchId = useId();
  const { map, pyramid } = model.inspection;
  const perCell = isPerCell(model);
  const evidence = useMemo(() => evidenceCells(model), [model]);
  const bin = perCell ? null : activeBin(model, view);
  const level = perCell ? null : (bin?.level ?? view.gridLevel);
  const lit = perCell && view.pointed?.cell != null ? oneCell(view.pointed.cell, map.width) : bin;
  const channel = view.pointed?.channel ?? (model.measure === 'channel' ? view.channel : null);
  const whole = cellsOnScreen(model, { top: 0, left: 0, bottom: map.height, right: map.width }, shown);
  const frame = `M0 0H${shown.width}V${shown.height}H0Z`;
  const drawn = view.grid === 'on' || (view.grid === 'hover' && (bin !== null || view.pointed !== null));
  const lines = drawn && level !== null && level < pyramid.levels.length ? gridLines(model, level, shown) : '';
  const n = level === null || !drawn ? undefined : pyramid.levels[level];
  const bands =
    // Under a tint they would change its colours.
    n === undefined || bin || tint || evidence
      ? ''
      : sharedBands(map, n, pyramid.rule)
          .map((cells) => outline(cellsOnScreen(model, cells, shown)))
          .join('');
  const shared = bin
    ? overlaps(model, bin)
        .map((cells) => outline(cellsOnScreen(model, cells, shown)))
        .join('')
    : '';
  const litBox = lit && cellsOnScreen(model, lit, shown);

  const place = (event: React.PointerEvent | React.MouseEvent): Pointed | null => {
    const box = event.currentTarget.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    if (perCell) {
      const cell = cellOnScreen(model, x, y, shown);
      return cell === null ? null : { bin: null, channel: null, cell };
    }
    const found =
      view.gridLevel === null
        ? null
        : binOnScreen(model, Math.min(view.gridLevel, pyramid.levels.length - 1), x, y, shown);
    return found && { bin: found.index, channel: null, cell: null };
  };
  const point = (event: React.PointerEvent): void => {
    const next = place(event);
    if (next?.bin !== view.pointed?.bin || next?.cell !== view.pointed?.cell) onPoint(next);
  };
  const choose = (event: React.MouseEvent): void => {
    const chosen = place(event)?.bin;
    if (chosen != null) onChoose(chosen);
  };
  const handlers = interactive ? { onPointerMove: point, onPointerLeave: () => onPoint(null), onClick: choose } : {};
  const name = bin
    ? binName(model, bin)
    : level === null
      ? 'no grid'
      : `the ${pyramid.levels[level]}×${pyramid.levels[level]} grid`;

  return (
    <div
      ref={ref}
      className={`${styles['overlay']} ${interactive ? styles['interactive'] : styles['still']}`}
      {...handlers}
    >
      {evidence && !tint && (
        <CellTint cells={evidence} model={model} scale={perCell ? scale : evidenceScale(evidence)} box={whole} />
      )}
      {!perCell && tint && <CellTint cells={tint.cells} model={model} scale={tint.scale} box={whole} />}
      {shown.width > 0 && (
        <svg className={styles['drawing']} role="img" aria-label={`Over the image: ${name}`}>
          <defs>
            <pattern id={hatchId} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
              <line className={styles['hatchUnder']} x1="1" y1="0" x2="1" y2="6" />
              <line className={styles['hatch']} x1="0" y1="0" x2="0" y2="6" />
            </pattern>
          </defs>
          <path className={styles['outside']} fillRule="evenodd" d={frame + outline(whole)} />
          {bands !== '' && <path className={styles['band']} d={bands} />}
          {litBox && <path className={styles['shade']} fillRule="evenodd" d={outline(whole) + outline(litBox)} />}
          <path className={styles['under']} d={lines} />
          <path className={styles['over']} d={lines} />
          {shared !== '' && <path fill={`url(#${hatchId})`} d={shared} />}
          {litBox && <path className={styles['litUnder']} d={outline(litBox)} />}
          {litBox && <path className={styles['lit']} d={outline(litBox)} />}
          {!perCell &&
            dots(model, bin, channel, level).map(({ cell, size }) => {
              const at = cellsOnScreen(model, oneCell(cell, map.width), shown);
              const radius = Math.max(1.5, 0.36 * Math.min(at.width, at.height, 40) * Math.sqrt(size));
              return (
                <circle
                  key={cell}
                  className={styles['dot']}
                  cx={at.x + at.width / 2}
                  cy={at.y + at.height / 2}
                  r={radius}
                />
              );
            })}
        </svg>
      )}
    </div>
  );
}
