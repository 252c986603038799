import { useState } from 'react';
import { POLICIES, type SizePolicyKind } from '../../../core/size/policies/policies.ts';
import { readyName } from '../../../core/labels/readyHeads.ts';
import { type PolicyField, policyFields, withField } from '../../../core/size/policyFields.ts';
import { policyName, samePolicy, toPolicy } from '../../../core/size/sizing.ts';
import { useStore } from '../../../store/store.ts';
import { Button } from '../../../ui/Button.tsx';
import { count, visibleName } from '../../../ui/format.ts';
import { HeadField } from './HeadField.tsx';
import { HeadSizeNote } from '../../../ui/HeadSizeNote.tsx';
import { useTrainedHead } from '../../../client/trainedHeads.ts';
import { LargeNote } from './PolicyNote.tsx';
import { queue } from '../list/queue.ts';
import styles from './SettingsBar.module.css';
import { useStaleIds } from './useStaleIds.ts';

/**
 * How images are sized, and which head answers. What was made with other settings is offered to be made again.
 * @param folded on narrow pages: one line that opens, so that the image comes first
 */
export function SettingsBar({ folded }: { folded: boolean }) {
  const policy = useStore((state) => state.settings.policy);
  const stale = useStaleIds();
  if (!folded) {
    return (
      <section className={styles['bar']} aria-label="Settings">
        <div className={styles['below']}>
          <Controls />
          <AgainButton stale={stale} />
        </div>
        <LargeNote />
        <TrainedSizeNote />
      </section>
    );
  }
  return (
    <section className={styles['bar']} aria-label="Settings">
      <details className={styles['fold']}>
        <summary>
          Settings: <HeadName />, {policyName(policy)}
        </summary>
        <Controls />
        <LargeNote />
      </details>
      <TrainedSizeNote />
      <AgainButton stale={stale} />
    </section>
  );
}

function Controls() {
  const policy = useStore((state) => state.settings.policy);
  const changeSettings = useStore((state) => state.changeSettings);
  return (
    <div className={styles['controls']}>
      <HeadField label="Classes" />
      <label>
        Size
        <select
          value={policy.kind}
          onChange={(event) => changeSettings({ policy: toPolicy(event.target.value as SizePolicyKind) })}
        >
          {POLICIES.map(({ kind, label }) => (
            <option key={kind} value={kind}>
              {label}
            </option>
          ))}
        </select>
      </label>
      {policyFields(policy).map((field) => (
        <PolicyNumber
          key={`${policy.kind} ${field.name} ${field.value}`}
          field={field}
          onChange={(value) => changeSettings({ policy: withField(policy, field.name, value) })}
        />
      ))}
    </div>
  );
}

/** Where the chosen head learned from photos of another size. */
function TrainedSizeNote() {
  const trained = useTrainedHead();
  const policy = useStore((state) => state.settings.policy);
  const changeSettings = useStore((state) => state.changeSettings);
  if (!trained || samePolicy(trained.policy, policy)) return null;
  return <HeadSizeNote head={trained} chosen={policy} onUse={() => changeSettings({ policy: trained.policy })} />;
}

function AgainButton({ stale }: { stale: ReadonlySet<string> }) {
  if (stale.size === 0) return null;
  return (
    <Button className={styles['again']} onClick={() => queue.again([...stale])}>
      Classify all again ({count(stale.size)})
    </Button>
  );
}

function HeadName() {
  const head = useStore((state) => state.settings.head);
  const heads = useStore((state) => state.heads);
  if (typeof head !== 'object') return readyName(head);
  return <bdi>{visibleName(heads.find(({ id }) => id === head.id)?.name ?? 'a classifier that is gone')}</bdi>;
}

/** A number of the size policy; taken over on Enter or on leaving the field. */
function PolicyNumber({ field, onChange }: { field: PolicyField; onChange: (value: number) => void }) {
  const { label, unit, min, max, step, value } = field;
  const [text, setText] = useState(String(value));
  const take = () => {
    const typed = Number(text);
    if (text.trim() === '' || !(typed >= min && typed <= max)) return setText(String(value));
    if (typed !== value) onChange(typed);
  };
  return (
    <label>
      <span className="visually-hidden">{label}</span>
      <input
        className={styles['side']}
        type="number"
        min={min}
        max={max}
        step={step}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={take}
        onKeyDown={(event) => event.key === 'Enter' && take()}
      />
      {unit}
    </label>
  );
}
