import { type KeyboardEvent, memo } from 'react';
import type { Pointed } from '../../../store/view.ts';
import { Heatmap } from '../../../ui/charts/Heatmap.tsx';
import { colourOf, type Scale } from '../../../ui/charts/palettes.ts';
import { binName, type PanelModel, valueText } from '../panelModel.ts';
import type { Box } from './figureLayout.ts';
import { numbersFit } from './numbersFit.ts';

export interface LevelGridProps {
  model: PanelModel;
  /** Position of the level in the pyramid. */
  level: number;
  /** Its place in the figure; values are written into cells that have the room. */
  box: Box;
  scale: Scale;
  /** The measure in words. */
  what: string;
  /** Bins of this level that are lit, chosen, and reached by Tab; null where they are in another. */
  active: number | null;
  chosen: number | null;
  tabStop: number | null;
  onPoint: (pointed: Pointed | null) => void;
  onChoose: (bin: number) => void;
  onKeyDown: (event: KeyboardEvent, bin: number) => void;
}

/** One level as a coloured grid. Memoised: pointing redraws only the levels that it touches. */
export const LevelGrid = memo(function LevelGrid(props: LevelGridProps) {
  const { model, level, box, scale, what, active, chosen, tabStop, onPoint, onChoose, onKeyDown } = props;
  const n = model.inspection.pyramid.levels[level] ?? 1;
  const first = model.offsets[level] ?? 0;
  const signed = model.measure === 'evidence';
  const value = (i: number): string => valueText(model.values[first + i] ?? 0, signed);
  const numbers = Array.from({ length: n * n }, (_, i) => value(i));
  const roomy = numbersFit(numbers, { width: box.width / n, height: box.height / n });
  const within = (bin: number | null): number | null => (bin === null ? null : bin - first);
  return (
    <Heatmap
      rows={n}
      columns={n}
      box={box}
      firstId={first}
      colour={(i) => colourOf(scale, model.values[first + i] ?? 0)}
      text={(i) => (roomy ? (numbers[i] ?? null) : null)}
      label={`Level ${n}×${n} of ${model.name}: ${what}`}
      cellLabel={(i) => {
        const bin = model.bins[first + i];
        return bin ? `${binName(model, bin)}: ${value(i)}, rank ${model.rankInLevel[bin.index]} of ${n * n}` : '';
      }}
      active={within(active)}
      chosen={within(chosen)}
      tabStop={within(tabStop)}
      onPoint={(i) => onPoint(i === null ? null : { bin: first + i, channel: null, cell: null })}
      onChoose={(i) => onChoose(first + i)}
      onKeyDown={(event, i) => onKeyDown(event, first + i)}
    />
  );
});
