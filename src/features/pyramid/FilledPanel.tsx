import { type ReactNode, useMemo } from 'react';
import type { PyramidView } from '../../store/view.ts';
import { FileName } from '../../ui/FileName.tsx';
import { count, dimensions } from '../../ui/format.ts';
import { Legend } from '../../ui/charts/Legend.tsx';
import { Note } from '../../ui/Note.tsx';
import { sequential } from '../../ui/charts/palettes.ts';
import { BinReadout } from './readout/BinReadout.tsx';
import { BinTable } from './readout/BinTable.tsx';
import { CellEvidence } from './readout/CellEvidence.tsx';
import { MeasureChoice } from './readout/MeasureChoice.tsx';
import { MeasureDetail } from './readout/MeasureDetail.tsx';
import { cosine } from './readout/measures.ts';
import { PanelExports } from './controls/PanelExports.tsx';
import {
  binName,
  isPerCell,
  legendLabel,
  type PanelModel,
  scaleOf,
  stripScaleOf,
  valueText,
  vectorMax,
} from './panelModel.ts';
import { PyramidFigure } from './figure/PyramidFigure.tsx';
import styles from './PyramidPanel.module.css';

export interface FilledPanelProps {
  first: PanelModel;
  /** The pinned image, where it is another one. */
  second: PanelModel | null;
  /** Whether any image is pinned. */
  pinned: boolean;
  view: PyramidView;
  onView: (changes: Partial<PyramidView>) => void;
  /** Levels, rule and pooling. */
  controls: ReactNode;
}

/** The panel once there is an image: measure, figure, numbers, ways to take them away. */
export function FilledPanel({ first, second, pinned, view, onView, controls }: FilledPanelProps) {
  const comparable =
    second !== null && second.inspection.pyramid.levels.join() === first.inspection.pyramid.levels.join();
  const models = useMemo(
    (): readonly [PanelModel] | readonly [PanelModel, PanelModel] => (second && comparable ? [first, second] : [first]),
    [first, second, comparable],
  );
  const scale = useMemo(() => scaleOf(models), [models]);
  const stripScale = useMemo(() => stripScaleOf(models), [models]);
  const valueScale = useMemo(() => sequential(0, Math.max(vectorMax(models), 1e-6)), [models]);
  const other = models[1];
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
      <SizeLine model={first} named={other !== undefined} />
      {perCell ? (
        <CellEvidence models={models} view={view} scale={scale} onView={onView} />
      ) : (
        <PyramidFigure models={models} view={view} scale={scale} stripScale={stripScale} onView={onView} />
      )}
      {other && <SizeLine model={other} named />}
      {other && !perCell && (
        <p className={styles['aside']}>
          Two shapes, one length. Cosine similarity of the two vectors:{' '}
          <strong>{similarity === null ? 'none, one is all zeros' : similarity.toFixed(3)}</strong>
        </p>
      )}
      {pinned && !second && <p className={styles['aside']}>Pinned. Choose another image to compare with this one.</p>}
      {second && !comparable && <Note>The pinned image was pooled with another pyramid. Pin it again to compare.</Note>}
      {Math.min(map.height, map.width) < finest && !perCell && (
        <p className={styles['aside']}>
          The map has {dimensions(map)} cells, fewer on a side than the {finest}×{finest} grid: cells repeat in
          neighbouring bins.
        </p>
      )}
      {!perCell && (
        <BinReadout model={first} other={other ?? null} view={view} valueScale={valueScale} onView={onView} />
      )}
      <MeasureDetail
        model={first}
        legend={
          <>
            <Legend scale={scale} label={legendLabel(models, view.channel)} format={valueText} />
            {!perCell && (
              <Legend scale={stripScale} label="Strip: root mean square of neighbouring values" format={valueText} />
            )}
          </>
        }
      />
      {controls}
      <p className="visually-hidden" aria-live="polite">
        {kept && `Kept: ${binName(first, kept)}: ${keptValue}, rank ${first.rankInLevel[kept.index]} in its level`}
      </p>
      <BinTable model={first} channel={view.channel} />
      <PanelExports models={models} view={view} scale={scale} stripScale={stripScale} />
    </>
  );
}

/** Any size in, one length out, in numbers. */
function SizeLine({ model, named }: { model: PanelModel; named: boolean }) {
  const { map, vector, facts } = model.inspection;
  return (
    <p className={styles['size']}>
      {named && <FileName name={model.name} />}
      <span>
        {dimensions(facts)} px: {dimensions(map)} cells → {model.bins.length} × {model.channels} ={' '}
        <strong>{count(vector.length)}</strong>
      </span>
    </p>
  );
}
