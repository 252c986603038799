import type { CSSProperties } from 'react';
import type { Pointed, PyramidView } from '../../../store/view.ts';
import type { Scale } from '../../../ui/charts/palettes.ts';
import { BinOverlay } from '../overlay/BinOverlay.tsx';
import type { PanelModel } from '../panelModel.ts';
import type { Box, FigureRow } from './figureLayout.ts';
import { PreviewImage, wholeImage } from './PreviewImage.tsx';
import styles from './PyramidFigure.module.css';

export interface FigureControlsProps {
  /** 0 for the image, 1 for the pinned one, which stands mirrored below. */
  row: number;
  model: PanelModel;
  place: FigureRow;
  view: PyramidView;
  scale: Scale;
  onPoint: (pointed: Pointed | null) => void;
  onChoose: (bin: number) => void;
  onGridLevel: (level: number) => void;
}

const boxStyle = ({ x, y, width, height }: Box) => ({ left: x, top: y, width, height });
const CAPTION = 20;

/** What of a figure's row is no drawing: the photo with its bins over it, and the buttons that lay a level over the photo. */
export function FigureControls({
  row,
  model,
  place,
  view,
  scale,
  onPoint,
  onChoose,
  onGridLevel,
}: FigureControlsProps) {
  const { levels } = model.inspection.pyramid;
  const captionBox = (box: Box): CSSProperties => {
    const width = Math.max(48, box.width);
    const left = Math.min(Math.max(0, box.x + (box.width - width) / 2), place.strip.width - width);
    return { left, width, top: row === 0 ? box.y - CAPTION : box.y + box.height };
  };
  return (
    <>
      {place.image && (
        <>
          <p className={styles['caption']} style={captionBox(place.image)}>
            photo
          </p>
          <div className={styles['photo']} style={boxStyle(place.image)}>
            <PreviewImage model={model} />
            <div style={wholeImage(model)}>
              <BinOverlay
                model={model}
                view={{ ...view, grid: 'on' }}
                scale={scale}
                onPoint={onPoint}
                onChoose={onChoose}
              />
            </div>
          </div>
        </>
      )}
      {place.grids.map((box, level) => {
        const n = levels[level] ?? 1;
        return (
          <button
            key={n}
            type="button"
            className={styles['caption']}
            style={captionBox(box)}
            aria-pressed={view.gridLevel === level}
            title={`Lay the ${n}×${n} grid over the image`}
            onClick={() => onGridLevel(level)}
          >
            {n}×{n}
          </button>
        );
      })}
    </>
  );
}
