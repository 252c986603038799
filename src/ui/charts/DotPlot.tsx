import styles from './Charts.module.css';
import { useElementSize } from '../hooks/useElementSize.ts';

export interface DotRow {
  label: string;
  /** 0…1 each. */
  values: readonly number[];
  mean: number;
  /** Standard deviation, drawn as a band about the mean; absent where there is one value. */
  deviation?: number;
  emphasised: boolean;
}

export interface DotPlotProps {
  rows: readonly DotRow[];
  format: (value: number) => string;
  label: string;
}

const ROW = 32;
const LEFT = 176;
const RIGHT = 12;

/** One row of dots for each thing compared, its mean as a tick and its spread as a band, over 0…1. */
export function DotPlot({ rows, format, label }: DotPlotProps) {
  const [box, { width: measured }] = useElementSize<HTMLDivElement>();
  const width = Math.max(measured, 320);
  const all = rows.flatMap(({ values }) => values);
  const low = Math.max(0, Math.floor((Math.min(...all, 1) - 0.02) * 10) / 10);
  const x = (value: number) => LEFT + ((value - low) / (1 - low)) * (width - LEFT - RIGHT);
  const height = rows.length * ROW + 24;
  const ticks = [low, (low + 1) / 2, 1];
  const withSpread = (mean: number, deviation?: number) =>
    deviation === undefined ? format(mean) : `${format(mean)} ± ${format(deviation)}`;
  const sentence = rows.map(({ label, mean, deviation }) => `${label} ${withSpread(mean, deviation)}`).join(', ');
  return (
    <div ref={box} className={styles['plotPlot']}>
      <svg
        className={styles['svg']}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={`${label}: ${sentence}`}
      >
        {ticks.map((tick) => (
          <g key={tick}>
            <line className={styles['grid']} x1={x(tick)} x2={x(tick)} y1={0} y2={rows.length * ROW} />
            <text x={x(tick)} y={height - 6} textAnchor={tick === 1 ? 'end' : 'middle'}>
              {format(tick)}
            </text>
          </g>
        ))}
        {rows.map(({ label, values, mean, deviation, emphasised }, i) => {
          const y = i * ROW + ROW / 2;
          return (
            <g key={label}>
              <text className={emphasised ? styles['strong'] : undefined} x={0} y={y - 1}>
                {label}
              </text>
              <text className={emphasised ? styles['strong'] : undefined} x={0} y={y + 13}>
                {withSpread(mean, deviation)}
              </text>
              <line
                className={styles['spread']}
                x1={x(Math.max(low, mean - (deviation ?? 0)))}
                x2={x(Math.min(1, mean + (deviation ?? 0)))}
                y1={y}
                y2={y}
              />
              {values.map((value, seed) => (
                // Two seeds may give the same value; their place in the list tells them apart.
                // oxlint-disable-next-line react/no-array-index-key
                <circle key={seed} className={styles['dot']} cx={x(value)} cy={y} r={4} />
              ))}
              <line className={styles['mean']} x1={x(mean)} x2={x(mean)} y1={y - 8} y2={y + 8} />
            </g>
          );
        })}
      </svg>
    </div>
  );
}
