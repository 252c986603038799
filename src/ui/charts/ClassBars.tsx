import type { ClassScore } from '../../core/model.ts';
import styles from './ClassBars.module.css';
import { percent, visibleName } from '../format.ts';

export interface ClassBarsProps {
  top: readonly ClassScore[];
  /** Lines that are kept free, so that nothing jumps before the first answer. */
  room: number;
  label: string;
}

/** The best classes of a picture that moves: no transitions, no buttons, always of one height. */
export function ClassBars({ top, room, label }: ClassBarsProps) {
  return (
    <ol className={styles['bars']} aria-label={label} style={{ minHeight: room * 32 }}>
      {top.slice(0, room).map(({ index, label: name, score }) => (
        <li key={index}>
          <ClassBar label={name} score={score} />
        </li>
      ))}
    </ol>
  );
}

/** A class with its percentage and bar: three cells of a grid of two columns. */
export function ClassBar({ label, score }: Pick<ClassScore, 'label' | 'score'>) {
  return (
    <>
      <bdi className={styles['label']} title={visibleName(label)}>
        {visibleName(label)}
      </bdi>
      <span className={styles['score']}>{percent(score)}</span>
      <span className={styles['track']}>
        <span className={styles['fill']} style={{ width: `${score * 100}%` }} />
      </span>
    </>
  );
}
