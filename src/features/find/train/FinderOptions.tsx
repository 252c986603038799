import { WINDOW_PYRAMIDS, type FinderMap } from '../../../core/find/settings.ts';
import { EditOnly } from '../../../client/EditOnly.tsx';
import { useAppState } from '../../../store/store.ts';
import { CheckField } from '../../../ui/fields/CheckField.tsx';
import { NumberField } from '../../../ui/fields/NumberField.tsx';
import { SelectField } from '../../../ui/fields/SelectField.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Fold } from '../../../ui/Fold.tsx';
import { presetOf, PRESETS } from './presets.ts';
import styles from './train.module.css';

const MAPS: readonly { value: string; maps: FinderMap[]; label: string }[] = [
  { value: 'both', maps: ['last', 'middle'], label: 'Both' },
  { value: 'last', maps: ['last'], label: 'Last, stride 32' },
  { value: 'middle', maps: ['middle'], label: 'Middle, stride 16' },
];

const pyramidLabel = (levels: readonly number[]) => levels.map((n) => `${n}×${n}`).join(', ');
const SIDES = { min: 128, max: 2048 } as const;

/** How it is to look and learn: three presets, and every setting in a fold. */
export function FinderOptions() {
  const { finderSettings: settings, changeFinderSettings: change } = useAppState(
    'finderSettings',
    'changeFinderSettings',
  );
  const { finderSplit, changeFinderSplit } = useAppState('finderSplit', 'changeFinderSplit');
  const preset = presetOf(settings);
  const maps = MAPS.find((one) => one.maps.join() === settings.maps.join())?.value ?? 'both';
  return (
    <section aria-label="How it learns" className={styles['options']}>
      <EditOnly>
        <div className={styles['line']} role="group" aria-label="Preset">
          {PRESETS.map((one) => (
            <Button key={one.name} aria-pressed={preset === one} onClick={() => change(structuredClone(one.settings))}>
              {one.label}
            </Button>
          ))}
        </div>
        <p className={styles['quiet']}>{preset?.says ?? 'Your own settings, below.'}</p>
        <Fold title="Details" says={preset ? '' : 'own settings'} remember="find-details" lazy>
          <div className={styles['fields']}>
            <NumberField
              label="Shorter side"
              unit="px"
              value={settings.side}
              {...SIDES}
              whole
              hint="What the model sees of a photo, aspect kept. Small things need a longer side."
              onChange={(side) => change({ side })}
            />
            <SelectField
              label="Pyramid of a window"
              value={settings.levels.join()}
              choices={WINDOW_PYRAMIDS.map((levels) => ({ value: levels.join(), label: pyramidLabel(levels) }))}
              onChange={(value) => change({ levels: value.split(',').map(Number) })}
            />
            <SelectField
              label="Maps"
              value={maps}
              choices={MAPS}
              onChange={(value) => change({ maps: [...(MAPS.find((one) => one.value === value)?.maps ?? [])] })}
            />
            <SelectField
              label="Proposals"
              value={settings.proposals.kind}
              choices={[
                { value: 'search', label: 'Selective search' },
                { value: 'grid', label: 'Grid of windows' },
              ]}
              onChange={(kind) => change({ proposals: { ...settings.proposals, kind } })}
            />
            <NumberField
              label="Proposals of a photo"
              value={settings.proposals.max}
              min={50}
              max={2000}
              whole
              onChange={(max) => change({ proposals: { ...settings.proposals, max } })}
            />
            <NumberField
              label="Rounds of hard negatives"
              value={settings.rounds}
              min={0}
              max={6}
              whole
              onChange={(rounds) => change({ rounds })}
            />
            <NumberField
              label="C of the SVM"
              value={settings.c}
              min={1}
              max={100_000}
              onChange={(c) => change({ c })}
            />
            <NumberField
              label="Kept aside to measure on"
              unit="% of the photos"
              value={Math.round(100 * finderSplit.share)}
              min={0}
              max={50}
              whole
              hint="Learned from too, once the measures are taken."
              onChange={(share) => changeFinderSplit({ share: share / 100 })}
            />
            <CheckField
              label="Boxes are moved by a regressor"
              checked={settings.regressor !== null}
              onChange={(on) => change({ regressor: on ? { most: 25, iou: 0.6, lambda: 1 } : null })}
            />
            <CheckField
              label="Boxes that overlap vote on where one lies"
              checked={settings.voting}
              onChange={(voting) => change({ voting })}
            />
          </div>
        </Fold>
      </EditOnly>
    </section>
  );
}
