import { memo } from 'react';
import { count } from '../../../ui/format.ts';
import type { PanelModel } from '../panelModel.ts';
import { cosine } from '../readout/measures.ts';
import type { FigureLayout } from './figureLayout.ts';

export interface FigureLabelsProps {
  models: readonly PanelModel[];
  layout: FigureLayout;
  /** True in a picture: without the lines to labels that had to move. */
  still?: boolean;
}

/** Cosine similarity of two images' vectors, level by level; null where one is all zeros. */
function levelSimilarity(first: PanelModel, second: PanelModel): (number | null)[] {
  const { levels } = first.inspection.pyramid;
  return levels.map((_, level) =>
    cosine(
      first.inspection.vector,
      second.inspection.vector,
      (first.offsets[level] ?? 0) * first.channels,
      (first.offsets[level + 1] ?? 0) * first.channels,
    ),
  );
}

/** Below the strips: how many values each level has, and how alike two images are in it. */
export const FigureLabels = memo(function FigureLabels({ models, layout, still = false }: FigureLabelsProps) {
  const [first, second] = models;
  if (!first) return null;
  const { levels } = first.inspection.pyramid;
  const similarity = second && levelSimilarity(first, second);
  const { bands, labelsY } = layout;
  return bands.map(({ level, x, labelX, labelled }) => {
    const n = levels[level] ?? 0;
    return (
      <g key={level} pointerEvents="none">
        {!still && <path stroke="var(--hairline-2)" d={`M${x + 0.5} ${labelsY}L${labelX + 0.5} ${labelsY + 6}`} />}
        {labelled && (
          <text fill="var(--ink-2)" y={labelsY + 18}>
            <tspan x={labelX} fill="var(--ink)">
              {n}×{n}
            </tspan>
            <tspan x={labelX} dy={16}>
              {count(n ** 2 * first.channels)}
            </tspan>
            {similarity && (
              <tspan x={labelX} dy={16}>
                cos {similarity[level]?.toFixed(2) ?? '–'}
              </tspan>
            )}
          </text>
        )}
      </g>
    );
  });
});
