import { useId } from 'react';
import type { PyramidOptions } from '../../../core/model.ts';
import { binCount, type Pooling, type Rule } from '../../../core/pyramid/geometry.ts';
import { POOLINGS } from '../../../core/pyramid/poolings.ts';
import { RULES } from '../../../core/pyramid/rules/rules.ts';
import { Chip } from '../../../ui/fields/Chip.tsx';
import { LevelsField } from '../../../ui/fields/LevelsField.tsx';
import styles from './PyramidControls.module.css';
import { plural } from '../../../ui/format.ts';

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
  return (
    <div className={styles['controls']}>
      <LevelsField
        label="Levels"
        line={styles['levels']}
        levels={pyramid.levels}
        onChange={(levels) => onPyramid({ levels })}
      >
        {PRESETS.map((levels) => (
          <Chip
            key={levels.join()}
            chosen={levels.join() === pyramid.levels.join()}
            onChoose={() => onPyramid({ levels: [...levels] })}
          >
            {levels.join(', ')}
          </Chip>
        ))}
      </LevelsField>
      <div className={styles['levels']}>
        <label htmlFor={`${id}-rule`}>Rule</label>
        <select
          id={`${id}-rule`}
          value={pyramid.rule}
          onChange={(event) => onPyramid({ rule: event.target.value as Rule })}
        >
          {RULES.map(({ kind }) => (
            <option key={kind} value={kind}>
              {kind}
            </option>
          ))}
        </select>
        <label htmlFor={`${id}-pooling`}>Pooling</label>
        <select
          id={`${id}-pooling`}
          value={pyramid.pooling}
          onChange={(event) => onPyramid({ pooling: event.target.value as Pooling })}
        >
          {POOLINGS.map(({ kind }) => (
            <option key={kind} value={kind}>
              {kind}
            </option>
          ))}
        </select>
        <span className={styles['count']}>{plural(binCount(pyramid.levels), 'bin')}</span>
      </div>
    </div>
  );
}
