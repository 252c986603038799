import { plural, wholePercent as whole } from '../format.ts';
import styles from './Charts.module.css';

export interface ReliabilityBar {
  low: number;
  high: number;
  count: number;
  accuracy: number | null;
}

const SIZE = 136;
const LEFT = 36;
const BOTTOM = 34;
const TOP = 8;

export interface ReliabilityDiagramProps {
  bars: readonly ReliabilityBar[];
  /** The same photos under other percentages, as outlines. */
  before?: readonly ReliabilityBar[] | undefined;
  summary: string;
}

/** Accuracy within ranges of confidence (Guo et al. 2017): on the diagonal, a confidence means what it says. */
export function ReliabilityDiagram({ bars, before, summary }: ReliabilityDiagramProps) {
  const x = (value: number) => LEFT + value * SIZE;
  const y = (value: number) => TOP + (1 - value) * SIZE;
  const most = Math.max(1, ...bars.map(({ count }) => count));
  return (
    <svg
      className={styles['svg']}
      style={{ maxWidth: LEFT + SIZE + 16 }}
      viewBox={`0 0 ${LEFT + SIZE + 16} ${TOP + SIZE + BOTTOM}`}
      role="img"
      aria-label={summary}
    >
      {[0, 0.5, 1].map((tick) => (
        <g key={tick}>
          <line className={styles['grid']} x1={x(0)} x2={x(1)} y1={y(tick)} y2={y(tick)} />
          <text x={LEFT - 6} y={y(tick) + 4} textAnchor="end">
            {whole(tick)}
          </text>
          <text x={x(tick)} y={y(0) + 14} textAnchor="middle">
            {whole(tick)}
          </text>
        </g>
      ))}
      {bars.map(({ low, high, count, accuracy }) =>
        accuracy === null ? null : (
          <rect
            key={low}
            className={styles['bar']}
            x={x(low) + 1}
            width={Math.max(0, x(high) - x(low) - 2)}
            y={Math.min(y(accuracy), y(0) - 2)}
            height={Math.max(2, y(0) - y(accuracy))}
            opacity={0.25 + 0.65 * (count / most)}
          >
            <title>{words(low, high, count, accuracy)}</title>
          </rect>
        ),
      )}
      {before?.map(({ low, high, count, accuracy }) =>
        accuracy === null ? null : (
          <rect
            key={low}
            className={styles['outline']}
            x={x(low) + 1.5}
            width={Math.max(0, x(high) - x(low) - 3)}
            y={Math.min(y(accuracy), y(0) - 2)}
            height={Math.max(2, y(0) - y(accuracy))}
          >
            <title>{`before, ${words(low, high, count, accuracy)}`}</title>
          </rect>
        ),
      )}
      <line className={styles['diagonal']} x1={x(0)} x2={x(1)} y1={y(0)} y2={y(1)} />
      <text x={x(0.5)} y={y(0) + 30} textAnchor="middle">
        confidence
      </text>
    </svg>
  );
}

function words(low: number, high: number, count: number, accuracy: number): string {
  return `confidence ${Math.round(low * 100)}–${whole(high)}: ${plural(count, 'photo')}, ${whole(accuracy)} right`;
}
