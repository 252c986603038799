import { type ReactNode, useId, useState } from 'react';
import styles from './Field.module.css';

export interface NumberFieldProps {
  label: string;
  unit?: string;
  value: number;
  min: number;
  max: number;
  /** Only whole numbers. */
  whole?: boolean;
  disabled?: boolean;
  hint?: ReactNode;
  onChange: (value: number) => void;
}

/** A number that is taken over when it is valid, on leaving the field or on Enter; until then it may be anything. */
export function NumberField({
  label,
  unit,
  value,
  min,
  max,
  whole = false,
  disabled,
  hint,
  onChange,
}: NumberFieldProps) {
  const id = useId();
  const [draft, setDraft] = useState<string | null>(null);
  const typed = draft === null || draft.trim() === '' ? Number.NaN : Number(draft.replace(',', '.'));
  const valid = typed >= min && typed <= max && (!whole || Number.isInteger(typed));
  const take = () => {
    if (draft !== null && valid && typed !== value) onChange(typed);
    setDraft(null);
  };
  return (
    <div className={styles['field']}>
      <label className={styles['label']} htmlFor={id}>
        {label} {unit && <span className={styles['unit']}>{unit}</span>}
      </label>
      <input
        id={id}
        type="text"
        inputMode={whole ? 'numeric' : 'decimal'}
        autoComplete="off"
        value={draft ?? String(value)}
        disabled={disabled}
        aria-invalid={draft !== null && !valid}
        aria-describedby={hint || (draft !== null && !valid) ? `${id}-hint` : undefined}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={take}
        onKeyDown={(event) => {
          if (event.key === 'Enter') take();
          else if (event.key === 'Escape' && draft !== null) {
            event.stopPropagation();
            setDraft(null);
          }
        }}
      />
      {draft !== null && !valid ? (
        <p id={`${id}-hint`} className={styles['hint']}>
          {whole ? 'A whole number' : 'A number'} from {min} to {max}.
        </p>
      ) : (
        hint && (
          <p id={`${id}-hint`} className={styles['hint']}>
            {hint}
          </p>
        )
      )}
    </div>
  );
}
