import { useId, useState } from 'react';
import { PAPER_TEST_SIDES, PAPER_TRAIN_SIDES } from '../../../core/training/defaults.ts';
import { useStore } from '../../../store/store.ts';
import { CheckField } from '../../../ui/fields/CheckField.tsx';
import fields from '../../../ui/fields/Field.module.css';
import { Fold } from '../../../ui/Fold.tsx';
import { costOf, extraCost } from './trainingCost.ts';
import styles from './OptionsZone.module.css';
import { useTrainingSet } from '../trainingSet.ts';

/** Several sizes, for learning (in turns, by epoch) and for checking (averaged), as in the paper. */
export function SizesOptions() {
  const vectors = useStore((state) => state.vectorOptions);
  const split = useStore((state) => state.splitOptions);
  const pace = useStore((state) => state.secondsPerPixel);
  const change = useStore((state) => state.changeVectors);
  const photos = useTrainingSet().usable.size;
  const costOfOne = (key: 'trainSides' | 'testSides', sides: readonly number[]) =>
    extraCost(
      costOf({ ...vectors, [key]: sides }, split, photos),
      costOf({ ...vectors, [key]: null }, split, photos),
      pace,
    );
  const { trainSides, testSides } = vectors;
  const says = [trainSides && `train ${trainSides.join(', ')}`, testSides && `${testSides.length} to test`].filter(
    Boolean,
  );
  return (
    <Fold title="Several sizes" says={says.join('; ') || 'off'}>
      <CheckField
        label="Multi-size training: sizes take turns by epoch"
        checked={trainSides !== null}
        onChange={(on) => change({ trainSides: on ? PAPER_TRAIN_SIDES : null })}
      />
      {trainSides && (
        <SidesField label="Training sizes" sides={trainSides} onChange={(sides) => change({ trainSides: sides })} />
      )}
      <p className={styles[trainSides ? 'cost' : 'note']}>
        {photos > 0 && costOfOne('trainSides', trainSides ?? PAPER_TRAIN_SIDES)}
      </p>
      <CheckField
        label="Multi-scale testing: answers averaged over sizes"
        checked={testSides !== null}
        onChange={(on) => change({ testSides: on ? PAPER_TEST_SIDES : null })}
      />
      {testSides && (
        <SidesField label="Test sizes" sides={testSides} onChange={(sides) => change({ testSides: sides })} />
      )}
      <p className={styles[testSides ? 'cost' : 'note']}>
        {photos > 0 && costOfOne('testSides', testSides ?? PAPER_TEST_SIDES)}
      </p>
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
