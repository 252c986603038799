import { type KeyboardEvent, useCallback, useMemo } from 'react';
import type { Pointed, PyramidView } from '../../../store/view.ts';
import type { Scale } from '../../../ui/charts/palettes.ts';
import { useElementSize } from '../../../ui/hooks/useElementSize.ts';
import { FigureLabels } from './FigureLabels.tsx';
import { FigureControls } from './FigureControls.tsx';
import { FigureRowDrawing } from './FigureRowDrawing.tsx';
import { useDevicePixelRatio } from './useBarcode.ts';
import { figureLayout } from './figureLayout.ts';
import { moveBin } from '../overlay/moveBin.ts';
import type { PanelModel } from '../panelModel.ts';
import styles from './PyramidFigure.module.css';

export interface PyramidFigureProps {
  /** The image, and the pinned one with the same levels when two are compared. */
  models: readonly [PanelModel] | readonly [PanelModel, PanelModel];
  view: PyramidView;
  scale: Scale;
  stripScale: Scale;
  onView: (changes: Partial<PyramidView>) => void;
}

/** Width over height of the part of the image that the map covers. */
export function mappedAspect({ inspection: { plan } }: PanelModel): number {
  return plan.source.width / plan.source.height;
}

/** The levels as coloured grids, lines running down from every bin, and the vector they make: one strip of one length for any image. */
export function PyramidFigure({ models, view, scale, stripScale, onView }: PyramidFigureProps) {
  const [ref, { width }] = useElementSize<HTMLElement>();
  const ratio = useDevicePixelRatio();
  const { levels } = models[0].inspection.pyramid;
  const layout = useMemo(
    () =>
      figureLayout({
        width: Math.max(width, 240),
        levels,
        aspects: models.map(mappedAspect),
        withImage: true,
      }),
    [width, levels, models],
  );

  const { bin: kept, gridLevel } = view;
  const anything = kept !== null || view.pointed !== null;
  const point = useCallback((pointed: Pointed | null): void => onView({ pointed }), [onView]);
  const choose = useCallback((bin: number): void => onView({ bin: kept === bin ? null : bin }), [onView, kept]);
  const keyDown = useCallback(
    (event: KeyboardEvent, bin: number): void => {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      const next = moveBin(event.key, bin, levels);
      if (next !== null) {
        const row = event.currentTarget.closest('[data-row]');
        row?.querySelector<SVGElement>(`[data-cell="${next}"]`)?.focus();
      } else if (event.key === 'Enter' || event.key === ' ') choose(bin);
      else if (event.key === 'Escape' && anything) onView({ bin: null, pointed: null });
      else return;
      event.preventDefault();
      event.stopPropagation();
    },
    [levels, choose, anything, onView],
  );

  const strip = useCallback((bin: number, channel: number): void => onView({ bin, channel }), [onView]);
  const rows = models.flatMap((model, row) => {
    const place = layout.rows[row];
    return place ? [{ row, model, place, view, scale, onPoint: point, onChoose: choose }] : [];
  });

  return (
    <figure
      ref={ref}
      className={styles['figure']}
      style={{ height: layout.height }}
      aria-label="Levels of the pyramid and the vector they make"
    >
      {width > 0 && (
        <>
          <svg className={styles['drawing']}>
            {rows.map((parts) => (
              <FigureRowDrawing
                key={parts.row}
                {...parts}
                bands={layout.bands}
                stripScale={stripScale}
                ratio={ratio}
                onStrip={strip}
                onKeyDown={keyDown}
              />
            ))}
            <FigureLabels models={models} layout={layout} />
          </svg>
          {rows.map((parts) => (
            <FigureControls
              key={parts.row}
              {...parts}
              onGridLevel={(level) => onView({ gridLevel: gridLevel === level ? null : level })}
            />
          ))}
        </>
      )}
    </figure>
  );
}
