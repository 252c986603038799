import { choicesOf } from './choicesOf.ts';
import { useMemo } from 'react';
import { featuresOf } from '../../../core/training/features.ts';
import { POLICIES } from '../../../core/size/policies/policies.ts';
import { policyFields, withField } from '../../../core/size/policyFields.ts';
import { policyNote } from '../../../core/size/policyNote.ts';
import { policyName, toPolicy } from '../../../core/size/sizing.ts';
import { type AppState, useStore } from '../../../store/store.ts';
import { Fold } from '../../../ui/Fold.tsx';
import { NumberField } from '../../../ui/fields/NumberField.tsx';
import { SelectField } from '../../../ui/fields/SelectField.tsx';
import { AugmentationOptions } from './AugmentationOptions.tsx';
import { computedBefore, costOf, earlyWords, effortWords, paceOfAnswers } from './trainingCost.ts';
import { FeatureOptions } from './FeatureOptions.tsx';
import { EditOnly } from '../../../client/EditOnly.tsx';
import { LearningOptions } from './LearningOptions.tsx';
import { NormalisationOptions } from './NormalisationOptions.tsx';
import styles from './OptionsZone.module.css';
import { SizesOptions } from './SizesOptions.tsx';
import { StartButton } from '../StartButton.tsx';
import { whyNotTrain } from '../trainingRequest.ts';
import { useTrainingSet } from '../trainingSet.ts';
import { vectorWords } from '../trainingWords.ts';

/** How fast the Classify tab was, where there is no pace of this tab's own yet. */
function paceOfClassify({ order, rows }: Pick<AppState, 'order' | 'rows'>): number | null {
  return paceOfAnswers(order.slice(-100).flatMap((id) => rows[id]?.analysis ?? []));
}

/** How the set is learned: what matters first, everything else folded away. */
export function OptionsZone() {
  const split = useStore((state) => state.splitOptions);
  const vectors = useStore((state) => state.vectorOptions);
  const reason = useStore(whyNotTrain);
  const set = useTrainingSet();
  const pace = useStore((state) => state.secondsPerPixel ?? paceOfClassify(state));
  const early = useStore((state) => state.early);
  const runs = useStore((state) => state.runs);
  const computed = useMemo(() => computedBefore(runs, vectors), [runs, vectors]);
  const fresh = [...set.usable].filter((id) => !computed.has(id)).length;
  const ready = early !== null && early.done >= set.usable.size;
  const effort =
    early && !ready
      ? earlyWords(set.usable.size, early)
      : effortWords(set.usable.size, costOf(vectors, split, ready ? 0 : fresh), pace);
  const says = `${vectorWords(vectors)}, ${policyName(vectors.policy)}`;
  return (
    <div className={styles['options']}>
      <EditOnly>
        <h2 className={styles['title']}>Options</h2>
        <StartButton main />
        <p className={styles['reason']}>{reason ?? effort}</p>
        <Fold title="Pyramid, size and split" says={says} remember="choices">
          <Choices />
        </Fold>
        <Fold title="Advanced" remember="advanced">
          <LearningOptions />
          {featuresOf(vectors) === 'paper' && <NormalisationOptions />}
          <SizesOptions />
          <AugmentationOptions />
        </Fold>
      </EditOnly>
    </div>
  );
}

/** Pyramid, size policy and split. */
function Choices() {
  const split = useStore((state) => state.splitOptions);
  const changeSplit = useStore((state) => state.changeSplit);
  return (
    <>
      <VectorChoices />
      <NumberField
        label="Validation share"
        unit="%"
        value={Math.round(split.share * 100)}
        min={0}
        max={90}
        whole
        onChange={(percent) => changeSplit({ share: percent / 100 })}
      />
      <NumberField
        label="Split seed"
        value={split.seed}
        min={0}
        max={1e9}
        whole
        onChange={(seed) => changeSplit({ seed })}
      />
    </>
  );
}

function VectorChoices() {
  const { policy } = useStore((state) => state.vectorOptions);
  const changeVectors = useStore((state) => state.changeVectors);
  return (
    <>
      <FeatureOptions />
      <SelectField
        label="Size of photos"
        value={policy.kind}
        choices={choicesOf(POLICIES)}
        hint={policyNote(policy, 'trained')}
        onChange={(kind) => changeVectors({ policy: toPolicy(kind) })}
      />
      {policyFields(policy).map(({ name, step, ...field }) => (
        <NumberField
          key={name}
          {...field}
          whole={step === 1}
          onChange={(value) => changeVectors({ policy: withField(policy, name, value) })}
        />
      ))}
    </>
  );
}
