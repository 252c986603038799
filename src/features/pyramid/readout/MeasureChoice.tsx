import { useId, useMemo } from 'react';
import type { PyramidView } from '../../../store/view.ts';
import { percent } from '../../../ui/format.ts';
import { strongestInImage } from './measures.ts';
import { Chip } from '../../../ui/fields/Chip.tsx';
import styles from './MeasureDetail.module.css';
import type { PanelModel } from '../panelModel.ts';

export interface MeasureChoiceProps {
  model: PanelModel;
  view: PyramidView;
  onView: (changes: Partial<PyramidView>) => void;
}

const STRONGEST = 5;

/** Which channel, or the evidence for which class; nothing for strength. */
export function MeasureChoice(props: MeasureChoiceProps) {
  if (props.model.measure === 'channel') return <ChannelChoice {...props} />;
  if (props.model.measure === 'evidence') return <ClassChoice {...props} />;
  return null;
}

function ChannelChoice({ model, view, onView }: MeasureChoiceProps) {
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
        <Chip key={channel} chosen={channel === view.channel} onChoose={() => onView({ channel })}>
          {channel}
        </Chip>
      ))}
    </div>
  );
}

function ClassChoice({ model, onView }: MeasureChoiceProps) {
  const id = useId();
  const { evidence } = model;
  if (!evidence) return null;
  return (
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
  );
}
