import type { CSSProperties, KeyboardEvent } from 'react';
import type { Pointed, PyramidView } from '../../../store/view.ts';
import type { Scale } from '../../../ui/charts/palettes.ts';
import { BinOverlay } from '../overlay/BinOverlay.tsx';
import type { Band, Box, FigureRow } from './figureLayout.ts';
import { FigureLines } from './FigureLines.tsx';
import { LevelGrid } from './LevelGrid.tsx';
import { activeBin, measureLabel, type PanelModel } from '../panelModel.ts';
import { PreviewImage } from './PreviewImage.tsx';
import styles from './PyramidFigure.module.css';
import { VectorStrip } from './VectorStrip.tsx';

export interface FigureRowViewProps {
  /** 0 for the image, 1 for the pinned one, which stands mirrored below. */
  row: number;
  model: PanelModel;
  place: FigureRow;
  bands: Band[];
  view: PyramidView;
  scale: Scale;
  stripScale: Scale;
  onPoint: (pointed: Pointed | null) => void;
  onChoose: (bin: number) => void;
  onGridLevel: (level: number) => void;
  /** A place on the strip was clicked. */
  onStrip: (bin: number, channel: number) => void;
  onKeyDown: (event: KeyboardEvent, bin: number) => void;
}

const boxStyle = ({ x, y, width, height }: Box) => ({ left: x, top: y, width, height });
const CAPTION = 20;

/** One image of the figure: picture, grids, lines and strip, each at its place. */
export function FigureRowView(props: FigureRowViewProps) {
  const { row, model, place, bands, view, scale, stripScale, onPoint, onChoose, onGridLevel, onStrip, onKeyDown } =
    props;
  const { levels } = model.inspection.pyramid;
  const active = activeBin(model, view);
  const what = measureLabel(model, view.channel);
  const wanted = view.pointed?.bin ?? view.bin ?? 0;
  const tabStop = wanted < model.bins.length ? wanted : 0;
  const inLevel = (bin: number | null, level: number): number | null =>
    bin !== null && model.bins[bin]?.level === level ? bin : null;
  const captionBox = (box: Box): CSSProperties => {
    const width = Math.max(48, box.width);
    const left = Math.min(Math.max(0, box.x + (box.width - width) / 2), place.strip.width - width);
    return { left, width, top: row === 0 ? box.y - CAPTION : box.y + box.height, height: CAPTION, margin: 0 };
  };

  return (
    <div data-row={row}>
      <FigureLines
        model={model}
        place={place}
        bands={bands}
        active={active?.index ?? null}
        scale={scale}
        mirrored={row > 0}
      />
      {place.image && (
        <>
          <p className={`${styles['at']} ${styles['caption']}`} style={captionBox(place.image)}>
            image
          </p>
          <div className={`${styles['at']} ${styles['photo']}`} style={boxStyle(place.image)}>
            <PreviewImage model={model} />
            <div style={overImage(model)}>
              <BinOverlay model={model} view={view} scale={scale} onPoint={onPoint} onChoose={onChoose} />
            </div>
          </div>
        </>
      )}
      {place.grids.map((box, level) => {
        const n = levels[level] ?? 1;
        return (
          <div key={n}>
            <div className={styles['at']} style={captionBox(box)}>
              <button
                type="button"
                className={styles['level']}
                aria-pressed={view.gridLevel === level}
                title={`Lay the ${n}×${n} grid over the image`}
                onClick={() => onGridLevel(level)}
              >
                {n}×{n}
              </button>
            </div>
            <div className={styles['at']} style={boxStyle(box)}>
              <LevelGrid
                model={model}
                level={level}
                width={box.width}
                height={box.height}
                scale={scale}
                what={what}
                active={inLevel(active?.index ?? null, level)}
                chosen={inLevel(view.bin, level)}
                tabStop={inLevel(tabStop, level)}
                onPoint={onPoint}
                onChoose={onChoose}
                onKeyDown={onKeyDown}
              />
            </div>
          </div>
        );
      })}
      <VectorStrip
        model={model}
        place={place}
        bands={bands}
        view={view}
        scale={scale}
        stripScale={stripScale}
        onPoint={onPoint}
        onChoose={onStrip}
      />
    </div>
  );
}

/** Where the whole image would stand when only its mapped part is shown in a box: the overlay speaks of the whole image. */
function overImage(model: PanelModel): CSSProperties {
  const { facts, plan } = model.inspection;
  const { source } = plan;
  return {
    position: 'absolute',
    left: `${(-source.x / source.width) * 100}%`,
    top: `${(-source.y / source.height) * 100}%`,
    width: `${(facts.width / source.width) * 100}%`,
    height: `${(facts.height / source.height) * 100}%`,
  };
}
