import { useMemo } from 'react';
import { Legend } from '../../../ui/charts/Legend.tsx';
import type { PyramidView } from '../../../store/view.ts';
import styles from './BinOverlay.module.css';
import type { ChannelTint } from './CellTint.tsx';
import { activeBin, isPerCell, type PanelModel, valueText } from '../panelModel.ts';
import { evidenceCells, evidenceScale } from './evidenceCells.ts';
import { sharedBands } from './sharedCells.ts';

export interface BinKeyProps {
  model: PanelModel;
  view: PyramidView;
  /** The channel whose cells tint the image, and its values; null for none. */
  tint: ChannelTint | null;
}

/** What the marks over an image mean: its grid, or the lit bin's dots and hatching, and the colours of a channel's cells. Keeps its height. */
export function BinKey({ model, view, tint }: BinKeyProps) {
  const { map, pyramid, argmax } = model.inspection;
  const { rule, levels } = pyramid;
  const perCell = isPerCell(model);
  const bin = perCell ? null : activeBin(model, view);
  const level = bin?.level ?? view.gridLevel;
  const n = level === null ? undefined : levels[level];
  const shares = n !== undefined && sharedBands(map, n, rule).length > 0;
  const channel = view.pointed?.channel ?? (model.measure === 'channel' ? view.channel : null);
  const evidence = useMemo(() => (perCell ? null : evidenceCells(model)), [perCell, model]);
  const marks = [
    argmax && channel === null && 'Dots: where its channels peak.',
    argmax && channel !== null && `Dot: where channel ${channel} peaks.`,
    shares && 'Hatched cells belong to two bins.',
  ].filter(Boolean);
  return (
    <div className={styles['key']}>
      {perCell && <p>Each cell’s share of the answer: orange speaks for it, blue against.</p>}
      {evidence && !tint && (
        <Legend
          scale={evidenceScale(evidence)}
          label={`Evidence for ${model.evidence?.label ?? ''} in each cell`}
          format={valueText}
        />
      )}
      {tint &&
        (tint.cells.some((value) => value > 0) ? (
          <Legend scale={tint.scale} label={`Channel ${tint.channel} in each cell`} format={valueText} />
        ) : (
          <p>Channel {tint.channel} is 0 in every cell of this image.</p>
        ))}
      {bin && marks.length > 0 && <p>{marks.join(' ')}</p>}
      {!bin && view.grid === 'on' && shares && !tint && !evidence && !perCell && <p>Grey strips belong to two bins.</p>}
    </div>
  );
}
