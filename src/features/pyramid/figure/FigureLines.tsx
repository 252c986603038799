import { memo } from 'react';
import { colourOf, css, type Scale } from '../../../ui/charts/palettes.ts';
import type { Band, FigureRow } from './figureLayout.ts';
import type { PanelModel } from '../panelModel.ts';
import styles from './PyramidFigure.module.css';

export interface FigureLinesProps {
  model: PanelModel;
  place: FigureRow;
  bands: Band[];
  /** The lit bin; null for none. */
  active: number | null;
  scale: Scale;
  mirrored: boolean;
}

function FigureLinesPlain({ model, place, bands, active, scale, mirrored }: FigureLinesProps) {
  const bottom = place.strip.y + place.strip.height;
  return (
    <svg className={styles['lines']} aria-hidden>
      <path className={styles['ribbonBase']} d={place.ribbons.join('')} />
      {place.ribbons.map((path, bin) => (
        <path key={bin} className={styles['ribbon']} d={path} stroke={css(colourOf(scale, model.values[bin] ?? 0))} />
      ))}
      {active !== null && <path className={styles['ribbonHalo']} d={place.ribbons[active]} />}
      {active !== null && <path className={styles['ribbonLit']} d={place.ribbons[active]} />}
      {!mirrored &&
        bands.map((band) => (
          <path
            key={band.level}
            className={styles['leader']}
            d={`M${band.x + 0.5} ${bottom}L${band.labelX + 0.5} ${bottom + 6}`}
          />
        ))}
    </svg>
  );
}

/** One line per bin, in the bin's colour, from its level's grid to its place on the strip; and from the strip to the labels. */
export const FigureLines = memo(FigureLinesPlain);
