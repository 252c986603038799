import { type ReactNode, useId, useMemo } from 'react';
import type { PyramidView } from '../../store/view.ts';
import { count, percent } from '../../ui/format.ts';
import { evidenceSum, strongestInImage } from './measures.ts';
import styles from './MeasureDetail.module.css';
import { isPerCell, type PanelModel } from './panelModel.ts';

export interface MeasureDetailProps {
  model: PanelModel;
  view: PyramidView;
  onView: (changes: Partial<PyramidView>) => void;
  /** Colour scale of the measure. */
  legend: ReactNode;
}

const STRONGEST = 5;

const minus = (text: string): string => text.replaceAll('-', '−');
const exact = (value: number): string => minus(value.toFixed(4));

/** What belongs to the chosen measure: a word on it, a channel to pick, or a class with the sum of its evidence. Keeps its height. */
export function MeasureDetail({ model, view, onView, legend }: MeasureDetailProps) {
  const noHead = model.classes.length === 0 && !model.inspection.headPyramid;
  return (
    <div className={styles['detail']}>
      {legend}
      {model.measure === 'strength' && (
        <p>
          L2 norm of each bin’s {count(model.channels)} values: how much MobileNetV2 found there.
          {noHead && ' Evidence needs a head: ImageNet labels or one you trained.'}
        </p>
      )}
      {model.measure === 'channel' && <ChannelDetail model={model} view={view} onView={onView} />}
      {model.measure === 'evidence' && <EvidenceDetail model={model} onView={onView} />}
    </div>
  );
}

function ChannelDetail({ model, view, onView }: Omit<MeasureDetailProps, 'legend'>) {
  const id = useId();
  const strongest = useMemo(() => strongestInImage(model.inspection.vector, model.channels, STRONGEST), [model]);
  const change = (text: string): void => {
    const channel = Number(text);
    if (text !== '' && Number.isInteger(channel) && channel >= 0 && channel < model.channels) onView({ channel });
  };
  return (
    <div className={styles['channel']}>
      <label htmlFor={id}>Channel</label>
      <input
        id={id}
        type="number"
        min={0}
        max={model.channels - 1}
        step={1}
        value={view.channel}
        onChange={(event) => change(event.target.value)}
      />
      <span>strongest</span>
      {strongest.map(({ channel }) => (
        <button
          key={channel}
          type="button"
          className={styles['chip']}
          aria-pressed={channel === view.channel}
          onClick={() => onView({ channel })}
        >
          {channel}
        </button>
      ))}
    </div>
  );
}

function EvidenceDetail({ model, onView }: Omit<MeasureDetailProps, 'view' | 'legend'>) {
  const id = useId();
  const { evidence, inspection } = model;
  if (!evidence) return null;
  const sum = evidenceSum(evidence);
  const perCell = isPerCell(model);
  const parts = perCell ? `${inspection.map.height * inspection.map.width} cells` : `${model.bins.length} bins`;
  return (
    <>
      <div className={styles['channel']}>
        <label htmlFor={id}>Class</label>
        <select id={id} value={evidence.index} onChange={(event) => onView({ classIndex: Number(event.target.value) })}>
          {model.classes.map((entry) => (
            <option key={entry.index} value={entry.index}>
              {entry.label} ({percent(entry.score)})
            </option>
          ))}
        </select>
      </div>
      <p className={styles['sum']}>
        <span>
          {parts} {exact(sum.evidence)} + bias {exact(sum.bias)} = {exact(sum.total)}
        </span>
        <span className={styles['logit']}>
          logit {exact(sum.logit)}; difference {sum.difference === 0 ? '0' : minus(sum.difference.toExponential(1))}
        </span>
      </p>
      {perCell && <p>This head takes the mean over all cells, so its evidence is per cell, not per bin.</p>}
    </>
  );
}
