import { memo } from 'react';
import { colourOf, css, type Scale } from '../../../ui/charts/palettes.ts';
import type { PanelModel } from '../panelModel.ts';
import type { FigureRow } from './figureLayout.ts';

export interface FigureLinesProps {
  model: PanelModel;
  place: FigureRow;
  /** The lit bin; null for none. */
  active: number | null;
  scale: Scale;
  /** True in a picture: without the soft edge that lines have on the page. */
  still: boolean;
}

/** One line per bin, in the bin's colour, from its level's grid to its place on the strip. */
export const FigureLines = memo(function FigureLines({ model, place, active, scale, still }: FigureLinesProps) {
  const lit = active === null ? undefined : place.ribbons[active];
  return (
    <g fill="none" pointerEvents="none" aria-hidden>
      {!still && <path stroke="var(--hairline)" strokeWidth={2} d={place.ribbons.join('')} />}
      {place.ribbons.map((path, bin) => (
        <path key={bin} d={path} stroke={css(colourOf(scale, model.values[bin] ?? 0))} />
      ))}
      {lit && <path d={lit} stroke="var(--surface)" strokeWidth={7} />}
      {lit && <path d={lit} stroke="var(--ink)" strokeWidth={2.5} />}
    </g>
  );
});
