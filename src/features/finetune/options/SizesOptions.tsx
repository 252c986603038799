import { Fragment, useId, useState } from 'react';
import { PAPER_TEST_SIDES, PAPER_TRAIN_SIDES } from '../../../core/training/defaults.ts';
import { useAppState } from '../../../store/store.ts';
import { CheckField } from '../../../ui/fields/CheckField.tsx';
import fields from '../../../ui/fields/Field.module.css';
import { Fold } from '../../../ui/Fold.tsx';
import styles from './OptionsZone.module.css';
import { useExtraCost } from './useExtraCost.ts';

const PARTS = [
  {
    key: 'trainSides',
    on: 'Multi-size training: sizes take turns by epoch',
    label: 'Training sizes',
    usual: PAPER_TRAIN_SIDES,
  },
  {
    key: 'testSides',
    on: 'Multi-scale testing: answers averaged over sizes',
    label: 'Test sizes',
    usual: PAPER_TEST_SIDES,
  },
] as const;

/** Several sizes, for learning (in turns, by epoch) and for checking (averaged), as in the paper. */
export function SizesOptions() {
  const { vectorOptions, changeVectors } = useAppState('vectorOptions', 'changeVectors');
  const extra = useExtraCost();
  const { trainSides, testSides } = vectorOptions;
  const says = [trainSides && `train ${trainSides.join(', ')}`, testSides && `${testSides.length} to test`];
  return (
    <Fold title="Several sizes" says={says.filter(Boolean).join('; ') || 'off'}>
      {PARTS.map(({ key, on, label, usual }) => {
        const sides = vectorOptions[key];
        return (
          <Fragment key={key}>
            <CheckField
              label={on}
              checked={sides !== null}
              onChange={(checked) => changeVectors({ [key]: checked ? usual : null })}
            />
            {sides && <SidesField label={label} sides={sides} onChange={(typed) => changeVectors({ [key]: typed })} />}
            <p className={styles[sides ? 'cost' : 'note']}>{extra({ [key]: sides ?? usual }, { [key]: null })}</p>
          </Fragment>
        );
      })}
    </Fold>
  );
}

interface SidesFieldProps {
  label: string;
  sides: readonly number[];
  onChange: (sides: number[]) => void;
}

function SidesField({ label, sides, onChange }: SidesFieldProps) {
  const id = useId();
  const [draft, setDraft] = useState<string | null>(null);
  const typed = (draft ?? sides.join(', '))
    .split(/[^\d]+/)
    .filter(Boolean)
    .map(Number);
  const valid = typed.length > 0 && typed.every((side) => side >= 32 && side <= 1024);
  const take = () => {
    if (draft !== null && valid) onChange([...new Set(typed)]);
    setDraft(null);
  };
  return (
    <div className={fields['field']}>
      <label className={fields['label']} htmlFor={id}>
        {label} <span className={fields['unit']}>px, side of a square with as many pixels</span>
      </label>
      <input
        id={id}
        type="text"
        autoComplete="off"
        value={draft ?? sides.join(', ')}
        aria-invalid={!valid}
        aria-describedby={valid ? undefined : `${id}-hint`}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={take}
        onKeyDown={(event) => event.key === 'Enter' && take()}
      />
      {!valid && (
        <p id={`${id}-hint`} className={fields['hint']}>
          Whole numbers from 32 to 1024, with commas between.
        </p>
      )}
    </div>
  );
}
