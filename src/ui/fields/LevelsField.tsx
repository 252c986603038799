import { type ReactNode, useId, useState } from 'react';
import { messageOf } from '../../core/errors.ts';
import { parseLevels } from './parseLevels.ts';
import styles from './Field.module.css';

export interface LevelsFieldProps {
  label: string;
  levels: readonly number[];
  /** Class of the label's and the input's line; they stand one over the other without one. */
  line?: string | undefined;
  /** Stands behind the input. */
  children?: ReactNode;
  /** What the levels typed come to. */
  hint?: (levels: readonly number[]) => string;
  onChange: (levels: number[]) => void;
}

/** The levels of a pyramid, typed; taken over on Enter or on leaving the field where they are one, dropped on Esc. */
export function LevelsField({ label, levels, line, children, hint, onChange }: LevelsFieldProps) {
  const id = useId();
  const current = levels.join(', ');
  const [draft, setDraft] = useState<{ of: string; text: string } | null>(null);
  // What was typed is about the levels of then.
  const text = draft?.of === current ? draft.text : current;
  const { typed, problem } = read(text);
  const take = () => {
    if (problem !== null) return;
    setDraft(null);
    if (typed.join(', ') !== current) onChange(typed);
  };
  const says = problem ?? hint?.(typed);
  return (
    <>
      <div className={line ?? styles['field']}>
        <label className={line ? undefined : styles['label']} htmlFor={id}>
          {label}
        </label>
        <input
          id={id}
          type="text"
          inputMode="numeric"
          autoComplete="off"
          spellCheck={false}
          value={text}
          aria-invalid={problem !== null}
          aria-describedby={says ? `${id}-hint` : undefined}
          onChange={(event) => setDraft({ of: current, text: event.target.value })}
          onBlur={take}
          onKeyDown={(event) => {
            if (event.key === 'Enter') take();
            if (event.key === 'Escape') setDraft(null);
          }}
        />
        {children}
      </div>
      {says && (
        <p id={`${id}-hint`} className={styles[problem ? 'problem' : 'hint']} aria-live="polite">
          {says}
        </p>
      )}
    </>
  );
}

function read(text: string): { typed: number[]; problem: string | null } {
  try {
    return { typed: parseLevels(text), problem: null };
  } catch (error) {
    const message = messageOf(error);
    return { typed: [], problem: `${message.charAt(0).toUpperCase()}${message.slice(1)}.` };
  }
}
