import type { AugmentOptions } from '../../../core/training/model.ts';
import { DEFAULT_AUGMENTATION } from '../../../core/augmentation/augment.ts';
import { useAppState } from '../../../store/store.ts';
import { CheckField } from '../../../ui/fields/CheckField.tsx';
import { Fold } from '../../../ui/Fold.tsx';
import { NumberField } from '../../../ui/fields/NumberField.tsx';
import { RangeField } from '../../../ui/fields/RangeField.tsx';
import { AugmentPreview } from './AugmentPreview.tsx';
import { AUGMENTATIONS, type AugmentationEntry, parameterWords } from './augmentations.ts';
import styles from './OptionsZone.module.css';
import { useExtraCost } from './useExtraCost.ts';

const DEFAULT_VIEWS = 2;

/** The part of a transform's settings that the sliders change: all of them are numbers. */
type Settings = Record<string, number>;

/** More training photos out of each: which changes, how often, how strong, and what they look like. */
export function AugmentationOptions() {
  const { vectorOptions, changeVectors: change } = useAppState('vectorOptions', 'changeVectors');
  const extra = useExtraCost();
  const { augmentation, policy } = vectorOptions;
  const tried = augmentation ?? { views: DEFAULT_VIEWS, options: DEFAULT_AUGMENTATION };
  const setOptions = (options: AugmentOptions) =>
    augmentation && change({ augmentation: { ...augmentation, options } });
  return (
    <Fold title="Augmentation" says={augmentation ? `${augmentation.views} views a photo` : 'off'}>
      <CheckField
        label="Learn from changed copies too"
        checked={augmentation !== null}
        onChange={(on) => change({ augmentation: on ? tried : null })}
      />
      <p className={styles[augmentation ? 'cost' : 'note']}>{extra({ augmentation: tried }, { augmentation: null })}</p>
      {augmentation && (
        <>
          <NumberField
            label="Views of each photo"
            value={augmentation.views}
            min={1}
            max={20}
            whole
            onChange={(views) => change({ augmentation: { ...augmentation, views } })}
          />
          <AugmentPreview policy={policy} options={augmentation.options} />
          {AUGMENTATIONS.map((entry) => (
            <Augmentation key={entry.name} entry={entry} options={augmentation.options} onChange={setOptions} />
          ))}
        </>
      )}
    </Fold>
  );
}

interface AugmentationProps {
  entry: AugmentationEntry;
  options: AugmentOptions;
  onChange: (options: AugmentOptions) => void;
}

function Augmentation({ entry: { name, does, parameters }, options, onChange }: AugmentationProps) {
  const settings = options[name] as Settings | undefined;
  const defaults = DEFAULT_AUGMENTATION[name] as Settings;
  const on = settings !== undefined && (settings['p'] ?? 0) > 0;
  const set = (key: string, value: number) =>
    onChange({ ...options, [name]: { ...(settings ?? defaults), [key]: value } });
  return (
    <div className={styles['augmentation']}>
      <CheckField
        label={
          <>
            {name} <span className={styles['note']}>{does}</span>
          </>
        }
        checked={on}
        onChange={(wanted) => set('p', wanted ? defaults['p'] || 0.5 : 0)}
      />
      {on && (
        <div className={styles['params']}>
          <RangeField
            label="Probability"
            value={settings['p'] ?? 0}
            min={0.05}
            max={1}
            step={0.05}
            format={(value) => parameterWords(value, 'percent')}
            onChange={(value) => set('p', value)}
          />
          {parameters.map(({ key, label, min, max, step, unit }) => (
            <RangeField
              key={key}
              label={label}
              value={settings[key] ?? 0}
              min={min}
              max={max}
              step={step}
              format={(value) => parameterWords(value, unit)}
              onChange={(value) => set(key, value)}
            />
          ))}
        </div>
      )}
    </div>
  );
}
