import type { Finder } from '../../../core/find/model.ts';
import { RangeField } from '../../../ui/fields/RangeField.tsx';
import { wholePercent } from '../../../ui/format.ts';
import { bestProbability, type Threshold } from './shownFinds.ts';

export interface ThresholdFieldProps {
  finder: Finder;
  threshold: Threshold;
  onThreshold: (threshold: Threshold) => void;
}

/** From which probability boxes are shown. */
export function ThresholdField({ finder, threshold, onThreshold }: ThresholdFieldProps) {
  return (
    <RangeField
      label="Shown from"
      value={threshold ?? bestProbability(finder)}
      min={0.01}
      max={0.99}
      step={0.01}
      format={wholePercent}
      onChange={onThreshold}
    />
  );
}
