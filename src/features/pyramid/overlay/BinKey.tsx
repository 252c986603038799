import { Legend } from '../../../ui/charts/Legend.tsx';
import type { PyramidView } from '../../../store/view.ts';
import styles from './BinOverlay.module.css';
import type { ChannelTint } from './CellTint.tsx';
import { activeBin, isPerCell, type PanelModel, valueText } from '../panelModel.ts';
import { gridWords, sharedBands } from './sharedCells.ts';

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
  const marks = [
    argmax && channel === null && 'Dot size: how many channels have their maximum in that cell.',
    argmax && channel !== null && `Dot: where channel ${channel} has its maximum.`,
    shares && 'Hatching: cells shared with neighbouring bins.',
  ].filter(Boolean);
  return (
    <div className={styles['key']}>
      {perCell && <p>Each cell of the map has its own share of the logit; the scale stands with the pyramid.</p>}
      {tint &&
        (tint.cells.some((value) => value > 0) ? (
          <Legend scale={tint.scale} label={`Channel ${tint.channel} in each cell`} format={valueText} />
        ) : (
          <p>Channel {tint.channel} is 0 in every cell of this image.</p>
        ))}
      {!perCell && n !== undefined && (bin || !tint) && (
        <p>{bin && marks.length > 0 ? marks.join(' ') : gridWords(map, n, rule)}</p>
      )}
    </div>
  );
}
