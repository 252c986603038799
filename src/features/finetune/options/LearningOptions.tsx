import { SCHEDULES } from '../../../core/training/schedule.ts';
import { useAppState } from '../../../store/store.ts';
import type { TrainingOptions } from '../../../core/training/model.ts';
import { CheckField } from '../../../ui/fields/CheckField.tsx';
import { Fold } from '../../../ui/Fold.tsx';
import { NumberField } from '../../../ui/fields/NumberField.tsx';
import { SelectField } from '../../../ui/fields/SelectField.tsx';
import { RateField } from './RateField.tsx';
import { methodWords } from '../trainingWords.ts';

type Method = 'adam' | 'sgd' | 'exact';

const METHODS: readonly { value: Method; label: string }[] = [
  { value: 'adam', label: 'Adam' },
  { value: 'sgd', label: 'SGD' },
  { value: 'exact', label: 'Exact' },
];
const KINDS: readonly { value: TrainingOptions['schedule']['kind']; label: string }[] = [
  { value: 'cosine', label: 'Cosine' },
  { value: 'oneCycle', label: 'One cycle' },
  { value: 'step', label: 'Steps' },
  { value: 'constant', label: 'Constant' },
];

/** How the last layer is found. */
export function LearningOptions() {
  const { trainingOptions: options, changeTraining: change } = useAppState('trainingOptions', 'changeTraining');
  const { method, optimiser, schedule, patience, weightDecay } = options;
  const gradient = method === 'gradient';
  const setMethod = (chosen: Method) =>
    change({
      method: chosen === 'exact' ? 'exact' : 'gradient',
      ...(chosen === 'exact' ? { weightDecay: 'cv' as const } : { optimiser: chosen }),
      ...(chosen !== 'exact' && weightDecay === 'cv' && { weightDecay: 3e-4 }),
    });
  return (
    <Fold title="Learning" says={methodWords(options)} open>
      <SelectField<Method>
        label="Method"
        value={gradient ? optimiser : 'exact'}
        choices={METHODS}
        hint={gradient ? null : 'L-BFGS: the same optimum in one go, without curves. For up to about 1,000 photos.'}
        onChange={setMethod}
      />
      {gradient ? (
        <>
          {optimiser === 'sgd' && (
            <NumberField
              label="Momentum"
              value={options.momentum}
              min={0}
              max={0.999}
              onChange={(momentum) => change({ momentum })}
            />
          )}
          <RateField />
          <SelectField
            label="Schedule"
            value={schedule.kind}
            choices={KINDS}
            onChange={(kind) => change({ schedule: SCHEDULES[kind] })}
          />
          {schedule.kind === 'step' && (
            <>
              <NumberField
                label="Step every"
                unit="epochs"
                value={schedule.every}
                min={1}
                max={1000}
                whole
                onChange={(every) => change({ schedule: { ...schedule, every } })}
              />
              <NumberField
                label="Times"
                value={schedule.factor}
                min={0.001}
                max={1}
                onChange={(factor) => change({ schedule: { ...schedule, factor } })}
              />
            </>
          )}
          <NumberField
            label="Epochs"
            value={options.epochs}
            min={1}
            max={1000}
            whole
            onChange={(epochs) => change({ epochs })}
          />
          <NumberField
            label="Batch size"
            unit="photos"
            value={options.batchSize}
            min={1}
            max={4096}
            whole
            onChange={(batchSize) => change({ batchSize })}
          />
        </>
      ) : (
        <CheckField
          label="Weight decay by 3-fold cross-validation"
          checked={weightDecay === 'cv'}
          onChange={(on) => change({ weightDecay: on ? 'cv' : 3e-4 })}
        />
      )}
      {weightDecay !== 'cv' && (
        <NumberField
          label="Weight decay"
          value={weightDecay}
          min={0}
          max={10}
          onChange={(value) => change({ weightDecay: value })}
        />
      )}
      <NumberField
        label="Label smoothing"
        value={options.labelSmoothing}
        min={0}
        max={0.9}
        onChange={(labelSmoothing) => change({ labelSmoothing })}
      />
      <CheckField
        label="Class weights: small classes count as much as large ones"
        checked={options.classWeights === 'balanced'}
        onChange={(on) => change({ classWeights: on ? 'balanced' : 'none' })}
      />
      {gradient && (
        <CheckField
          label="Early stopping, best weights kept"
          checked={patience !== null}
          onChange={(on) => change({ patience: on ? 5 : null })}
        />
      )}
      {gradient && patience !== null && (
        <NumberField
          label="Patience"
          unit="epochs"
          value={patience}
          min={1}
          max={1000}
          whole
          onChange={(value) => change({ patience: value })}
        />
      )}
    </Fold>
  );
}
