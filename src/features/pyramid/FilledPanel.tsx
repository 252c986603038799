import { useMemo } from 'react';
import type { PyramidView } from '../../store/view.ts';
import { dimensions } from '../../ui/format.ts';
import { Note } from '../../ui/notes/Note.tsx';
import { PyramidFigure } from './figure/PyramidFigure.tsx';
import { binName, isPerCell, type PanelModel, valueText } from './panelModel.ts';
import styles from './PyramidPanel.module.css';
import { CellEvidence } from './readout/CellEvidence.tsx';
import { MeasureChoice } from './readout/MeasureChoice.tsx';
import { cosine } from './readout/measures.ts';
import { Standouts } from './readout/Standouts.tsx';
import type { PanelScales } from './usePanelScales.ts';

export interface FilledPanelProps {
  first: PanelModel;
  /** The pinned image, where it is another one. */
  second: PanelModel | null;
  /** Whether any image is pinned. */
  pinned: boolean;
  view: PyramidView;
  scales: PanelScales;
  onView: (changes: Partial<PyramidView>) => void;
}

/** The panel once there is an image: the figure, and what stands out in the bin that is looked at. Numbers are for {@link PanelDetails}. */
export function FilledPanel({ first, second, pinned, view, scales, onView }: FilledPanelProps) {
  const { models, other, scale, stripScale } = scales;
  const similarity = useMemo(
    () => (other ? cosine(first.inspection.vector, other.inspection.vector) : null),
    [first, other],
  );
  const perCell = isPerCell(first);
  const { map, pyramid } = first.inspection;
  const finest = Math.max(...pyramid.levels);
  const kept = view.bin === null ? null : (first.bins[view.bin] ?? null);
  const keptValue = kept ? valueText(first.values[kept.index] ?? 0, first.measure === 'evidence') : '';

  return (
    <>
      <MeasureChoice model={first} view={view} onView={onView} />
      {perCell ? (
        <CellEvidence models={models} view={view} scale={scale} onView={onView} />
      ) : (
        <PyramidFigure models={models} view={view} scale={scale} stripScale={stripScale} onView={onView} />
      )}
      {other && !perCell && (
        <p className={styles['aside']}>
          Two shapes, one length. Cosine similarity of the two vectors:{' '}
          <strong>{similarity === null ? 'none, one is all zeros' : similarity.toFixed(3)}</strong>
        </p>
      )}
      {pinned && !second && <p className={styles['aside']}>Pinned. Choose another image to compare with this one.</p>}
      {second && !other && <Note>The pinned image was pooled with another pyramid. Pin it again to compare.</Note>}
      {Math.min(map.height, map.width) < finest && !perCell && (
        <p className={styles['aside']}>
          The map has {dimensions(map)} cells, fewer on a side than the {finest}×{finest} grid: cells repeat in
          neighbouring bins.
        </p>
      )}
      {!perCell && <Standouts model={first} view={view} onView={onView} />}
      <p className="visually-hidden" aria-live="polite">
        {kept && `Kept: ${binName(first, kept)}: ${keptValue}, rank ${first.rankInLevel[kept.index]} in its level`}
      </p>
    </>
  );
}
