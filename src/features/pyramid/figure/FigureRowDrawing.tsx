import type { KeyboardEvent } from 'react';
import type { Pointed, PyramidView } from '../../../store/view.ts';
import type { Scale } from '../../../ui/charts/palettes.ts';
import { activeBin, measureLabel, type PanelModel } from '../panelModel.ts';
import { FigureLines } from './FigureLines.tsx';
import type { Band, FigureRow } from './figureLayout.ts';
import { LevelGrid } from './LevelGrid.tsx';
import { VectorStrip } from './VectorStrip.tsx';

export interface FigureRowDrawingProps {
  /** 0 for the image, 1 for the pinned one, which stands mirrored below. */
  row: number;
  model: PanelModel;
  place: FigureRow;
  bands: readonly Band[];
  view: PyramidView;
  /** True in a picture to take away: nothing is lit, and nothing can be pressed. */
  still?: boolean;
  scale: Scale;
  stripScale: Scale;
  /** Device pixels per CSS pixel. */
  ratio: number;
  onPoint: (pointed: Pointed | null) => void;
  onChoose: (bin: number) => void;
  /** A place on the strip was clicked. */
  onStrip: (bin: number, channel: number) => void;
  onKeyDown: (event: KeyboardEvent, bin: number) => void;
}

/** One image's grids, lines and strip: the drawing that page and saved picture share, in SVG without style sheets. */
export function FigureRowDrawing(props: FigureRowDrawingProps) {
  const { row, model, place, bands, view, still = false, scale, stripScale, ratio } = props;
  const { onPoint, onChoose, onStrip, onKeyDown } = props;
  const active = still ? null : activeBin(model, view);
  const wanted = view.pointed?.bin ?? view.bin ?? 0;
  const tabStop = wanted < model.bins.length ? wanted : 0;
  const inLevel = (bin: number | null | undefined, level: number): number | null =>
    bin != null && model.bins[bin]?.level === level ? bin : null;
  return (
    <g data-row={row}>
      <FigureLines model={model} place={place} active={active?.index ?? null} scale={scale} still={still} />
      {place.grids.map((box, level) => (
        <LevelGrid
          key={model.inspection.pyramid.levels[level]}
          model={model}
          level={level}
          box={box}
          scale={scale}
          what={measureLabel(model, view.channel)}
          active={inLevel(active?.index, level)}
          chosen={still ? null : inLevel(view.bin, level)}
          tabStop={inLevel(tabStop, level)}
          onPoint={onPoint}
          onChoose={onChoose}
          onKeyDown={onKeyDown}
        />
      ))}
      <VectorStrip
        model={model}
        place={place}
        bands={bands}
        view={still ? null : view}
        scale={scale}
        stripScale={stripScale}
        ratio={ratio}
        onPoint={onPoint}
        onChoose={onStrip}
      />
    </g>
  );
}
