import { type KeyboardEvent, useCallback, useMemo } from 'react';
import type { Pointed, PyramidView } from '../../../store/view.ts';
import type { Scale } from '../../../ui/charts/palettes.ts';
import { useElementSize } from '../../../ui/useElementSize.ts';
import { FigureRowView } from './FigureRowView.tsx';
import { figureLayout } from './figureLayout.ts';
import { count } from '../../../ui/format.ts';
import { cosine } from '../readout/measures.ts';
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

/** Width from which the image itself stands first in the row of grids. */
const IMAGE_FROM = 560;

/** Width over height of the part of the image that the map covers. */
export function mappedAspect(model: PanelModel): number {
  const { source } = model.inspection.plan;
  return source.width / source.height;
}

/** The levels as coloured grids, lines running down from every bin, and the vector they make: one strip of one length for any image. */
export function PyramidFigure({ models, view, scale, stripScale, onView }: PyramidFigureProps) {
  const [ref, { width }] = useElementSize<HTMLElement>();
  const [first, second] = models;
  const { levels } = first.inspection.pyramid;
  const layout = useMemo(
    () =>
      figureLayout({
        width: Math.max(width, 240),
        levels,
        aspects: models.map(mappedAspect),
        withImage: models.length > 1 || width >= IMAGE_FROM,
      }),
    [width, levels, models],
  );

  const similarity = useMemo(() => {
    if (!second) return null;
    return levels.map((_, level) =>
      cosine(
        first.inspection.vector,
        second.inspection.vector,
        (first.offsets[level] ?? 0) * first.channels,
        (first.offsets[level + 1] ?? 0) * first.channels,
      ),
    );
  }, [first, second, levels]);

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
        row?.querySelector<HTMLElement>(`[data-cell="${next}"]`)?.focus();
      } else if (event.key === 'Enter' || event.key === ' ') choose(bin);
      else if (event.key === 'Escape' && anything) onView({ bin: null, pointed: null });
      else return;
      event.preventDefault();
      event.stopPropagation();
    },
    [levels, choose, anything, onView],
  );

  return (
    <figure
      ref={ref}
      className={styles['figure']}
      style={{ height: layout.height }}
      aria-label="Levels of the pyramid and the vector they make"
    >
      {width > 0 && (
        <>
          {models.map((model, row) => {
            const place = layout.rows[row];
            return (
              place && (
                <FigureRowView
                  key={row === 0 ? 'image' : 'pinned'}
                  row={row}
                  model={model}
                  place={place}
                  bands={layout.bands}
                  view={view}
                  scale={scale}
                  stripScale={stripScale}
                  onPoint={point}
                  onChoose={choose}
                  onGridLevel={(level) => onView({ gridLevel: gridLevel === level ? null : level })}
                  onStrip={(bin, channel) => onView({ bin, channel })}
                  onKeyDown={keyDown}
                />
              )
            );
          })}
          {layout.bands
            .filter((band) => band.labelled)
            .map((band) => {
              const cos = similarity?.[band.level];
              return (
                <p
                  key={band.level}
                  className={styles['label']}
                  style={{ left: band.labelX, top: layout.labelsY, margin: 0 }}
                >
                  <span>
                    {levels[band.level]}×{levels[band.level]}
                  </span>
                  <span>{count((levels[band.level] ?? 0) ** 2 * first.channels)}</span>
                  {similarity && <span>cos {cos == null ? '–' : cos.toFixed(2)}</span>}
                </p>
              );
            })}
        </>
      )}
    </figure>
  );
}
