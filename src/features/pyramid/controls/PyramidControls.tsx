import { useId, useState } from 'react';
import type { PyramidOptions } from '../../../core/model.ts';
import { binCount } from '../../../core/pyramid/geometry.ts';
import { messageOf } from '../../../core/errors.ts';
import { parseLevels } from './parseLevels.ts';
import styles from './PyramidControls.module.css';

export interface PyramidControlsProps {
  pyramid: PyramidOptions;
  onPyramid: (changes: Partial<PyramidOptions>) => void;
}

const PRESETS: readonly (readonly number[])[] = [
  [4, 2, 1],
  [6, 3, 2, 1],
];

/** Levels (two presets or any the person types), rule and pooling of the pyramid. */
export function PyramidControls({ pyramid, onPyramid }: PyramidControlsProps) {
  const id = useId();
  const current = pyramid.levels.join(', ');
  const [text, setText] = useState(current);
  const [error, setError] = useState<string | null>(null);
  const [textOf, setTextOf] = useState(current);
  if (textOf !== current) {
    setTextOf(current);
    setText(current);
    setError(null);
  }

  const apply = (value: string): void => {
    try {
      const levels = parseLevels(value);
      setError(null);
      if (levels.join(', ') !== current) onPyramid({ levels });
    } catch (thrown) {
      setError(messageOf(thrown));
    }
  };

  return (
    <div className={styles['controls']}>
      <div className={styles['levels']}>
        <label htmlFor={id}>Levels</label>
        <input
          id={id}
          value={text}
          inputMode="numeric"
          autoComplete="off"
          spellCheck={false}
          aria-invalid={error !== null}
          aria-describedby={error === null ? undefined : `${id}-error`}
          onChange={(event) => setText(event.target.value)}
          onBlur={() => apply(text)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') apply(text);
            if (event.key === 'Escape') {
              setText(current);
              setError(null);
            }
          }}
        />
        {PRESETS.map((levels) => (
          <button
            key={levels.join()}
            type="button"
            className={styles['chip']}
            aria-pressed={levels.join(', ') === current}
            onClick={() => onPyramid({ levels: [...levels] })}
          >
            {levels.join(', ')}
          </button>
        ))}
      </div>
      <div className={styles['levels']}>
        <label htmlFor={`${id}-rule`}>Rule</label>
        <select
          id={`${id}-rule`}
          value={pyramid.rule}
          onChange={(event) => onPyramid({ rule: event.target.value === 'paper' ? 'paper' : 'adaptive' })}
        >
          <option value="adaptive">adaptive</option>
          <option value="paper">paper</option>
        </select>
        <label htmlFor={`${id}-pooling`}>Pooling</label>
        <select
          id={`${id}-pooling`}
          value={pyramid.pooling}
          onChange={(event) => onPyramid({ pooling: event.target.value === 'mean' ? 'mean' : 'max' })}
        >
          <option value="max">max</option>
          <option value="mean">mean</option>
        </select>
        <span className={styles['count']}>{binCount(pyramid.levels)} bins</span>
      </div>
      {error && (
        <p id={`${id}-error`} className={styles['error']} role="alert">
          {error.charAt(0).toUpperCase() + error.slice(1)}.
        </p>
      )}
    </div>
  );
}
