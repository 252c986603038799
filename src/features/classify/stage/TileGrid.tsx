import type { TileProgress } from '../../../core/model.ts';
import styles from './Stage.module.css';
import { tileWords } from './TileStatus.tsx';

/**
 * The tiles of a large image over the displayed image, whose box it fills: those done are clear, those to come are shaded, the one being
 * computed is outlined, with a dashed line around all that it reads.
 */
export function TileGrid({ tile }: { tile: TileProgress }) {
  const { x, y } = tile.edges;
  const [width, height] = [x.at(-1) ?? 1, y.at(-1) ?? 1];
  const columns = x.length - 1;
  const parts = Array.from({ length: tile.total }, (_, i) => {
    const [column, row] = [i % columns, Math.floor(i / columns)];
    const [left, top] = [x[column] ?? 0, y[row] ?? 0];
    return { x: left, y: top, width: (x[column + 1] ?? width) - left, height: (y[row + 1] ?? height) - top };
  });
  const now = parts[tile.done];
  const lines = [
    ...x.slice(1, -1).map((at) => `M${at} 0V${height}`),
    ...y.slice(1, -1).map((at) => `M0 ${at}H${width}`),
  ];
  return (
    <svg
      className={styles['grid']}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`${tileWords(tile)}; ${tile.done} done`}
    >
      {parts.map(
        (part, i) =>
          i > tile.done && <rect key={`${part.x} ${part.y}`} className={styles['tileGridWaiting']} {...part} />,
      )}
      <path className={styles['under']} d={lines.join('')} />
      <path className={styles['over']} d={lines.join('')} />
      {now && <rect className={styles['reads']} {...tile.rect} />}
      {now && <rect className={styles['nowUnder']} {...now} />}
      {now && <rect className={styles['now']} {...now} />}
    </svg>
  );
}
