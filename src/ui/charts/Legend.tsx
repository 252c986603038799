import styles from './Heatmap.module.css';
import { rampOf, type Scale } from './palettes.ts';

export interface LegendProps {
  scale: Scale;
  /** What is shown, with its unit: "strength, L2 norm". */
  label: string;
  /** Numbers of the scale's ends as text. */
  format: (value: number) => string;
}

/** A colour scale with the numbers at its ends (and 0 in the middle of a diverging one) and what they measure. */
export function Legend({ scale, label, format }: LegendProps) {
  const middle = scale.kind === 'diverging' ? ', white is 0' : '';
  return (
    <p className={styles['legend']}>
      <span>{label}</span>
      <span className={styles['scale']}>
        <span>{format(scale.min)}</span>
        <span
          className={styles['ramp']}
          style={{ background: `linear-gradient(to right, ${rampOf(scale).join(', ')})` }}
          aria-hidden
        />
        <span>
          {format(scale.max)}
          {middle}
        </span>
      </span>
    </p>
  );
}
