import type { Stage, StageTimes } from '../../../core/model.ts';
import { milliseconds } from '../../../ui/format.ts';
import styles from './StageBar.module.css';

/** The stages of the one path, in order, as people call them. */
export const STAGES: readonly [Stage, string][] = [
  ['decode', 'Decode'],
  ['size', 'Resample'],
  ['backbone', 'Feature map'],
  ['spp', 'Pyramid pooling'],
  ['head', 'Head'],
];

/** What a stage took, in words: the feature map of an image seen before costs nothing. */
export function stageTime(stage: Stage, times: StageTimes): string {
  return stage === 'backbone' && times.backbone === 0 ? 'was at hand' : milliseconds(times[stage]);
}

/** The square that stands for a stage in the bar. */
export function StageKey({ stage, className }: { stage: Stage; className?: string }) {
  return <i className={`${styles['key']} ${styles[stage]} ${className ?? ''}`} aria-hidden />;
}

/** Where an image's time went, as shares of one bar as wide and high as its place. The numbers are its title. */
export function StageBar({ times }: { times: StageTimes }) {
  const sum = STAGES.reduce((total, [stage]) => total + times[stage], 0);
  return (
    <div
      className={styles['bar']}
      aria-hidden
      title={STAGES.map(([stage, name]) => `${name} ${stageTime(stage, times)}`).join(' · ')}
    >
      {STAGES.map(([stage]) => (
        <i key={stage} className={styles[stage]} style={{ width: `${sum > 0 ? (times[stage] / sum) * 100 : 0}%` }} />
      ))}
    </div>
  );
}
