import type { Measure } from '../../../store/view.ts';
import { Button } from '../../../ui/Button.tsx';
import styles from './MeasureDetail.module.css';
import type { PanelModel } from '../panelModel.ts';

export interface MeasureButtonsProps {
  model: PanelModel;
  onMeasure: (measure: Measure) => void;
}

const MEASURES: readonly { id: Measure; label: string }[] = [
  { id: 'strength', label: 'Strength' },
  { id: 'channel', label: 'Channel' },
  { id: 'evidence', label: 'Evidence' },
];

/** What colours the bins. */
export function MeasureButtons({ model, onMeasure }: MeasureButtonsProps) {
  const noHead = model.classes.length === 0;
  return (
    <fieldset className={styles['measures']} aria-label="Colour the bins by">
      {MEASURES.map(({ id, label }) => (
        <Button
          key={id}
          aria-pressed={model.measure === id}
          disabled={id === 'evidence' && noHead}
          onClick={() => onMeasure(id)}
        >
          {label}
        </Button>
      ))}
    </fieldset>
  );
}
