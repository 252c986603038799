import { useState } from 'react';
import type { SizePolicy } from '../../core/model.ts';
import { POLICIES, type SizePolicyKind } from '../../core/size/policies/policies.ts';
import { type PolicyField, policyFields, withField } from '../../core/size/policyFields.ts';
import { toPolicy } from '../../core/size/sizing.ts';
import styles from './AnswerFields.module.css';

export interface SizeFieldsProps {
  policy: SizePolicy;
  onPolicy: (policy: SizePolicy) => void;
}

/** A size policy and its numbers, to stand in a row of fields. */
export function SizeFields({ policy, onPolicy }: SizeFieldsProps) {
  return (
    <>
      <label>
        Size
        <select value={policy.kind} onChange={(event) => onPolicy(toPolicy(event.target.value as SizePolicyKind))}>
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
          onChange={(value) => onPolicy(withField(policy, field.name, value))}
        />
      ))}
    </>
  );
}

/** A number of the size policy; taken over on Enter or on leaving the field. */
function PolicyNumber({ field, onChange }: { field: PolicyField; onChange: (value: number) => void }) {
  const { label, after, min, max, step, value } = field;
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
      <span className={styles['after']}>{after}</span>
    </label>
  );
}
