import { useMemo } from 'react';
import { useElementSize } from '../../../ui/hooks/useElementSize.ts';
import { figureLayout } from './figureLayout.ts';
import styles from './PyramidFigure.module.css';

/** The figure before there is an image: its grids and its strip as outlines, in their places. */
export function EmptyFigure({ levels }: { levels: readonly number[] }) {
  const [ref, { width }] = useElementSize<HTMLDivElement>();
  const layout = useMemo(
    () => figureLayout({ width: Math.max(240, width), levels, aspects: [4 / 3], withImage: true }),
    [width, levels],
  );
  const row = layout.rows[0];
  return (
    <div ref={ref} className={styles['figure']} style={{ height: layout.height }}>
      {width > 0 && row && (
        <svg className={styles['drawing']} fill="none" stroke="var(--hairline)" aria-hidden>
          {row.grids.map((box, level) => {
            const n = levels[level] ?? 1;
            const inner = Array.from({ length: n - 1 }, (_, i) => {
              const [x, y] = [box.x + ((i + 1) / n) * box.width, box.y + ((i + 1) / n) * box.height];
              return `M${x} ${box.y}v${box.height}M${box.x} ${y}h${box.width}`;
            });
            return <path key={n} d={`M${box.x} ${box.y}h${box.width}v${box.height}h${-box.width}Z${inner.join('')}`} />;
          })}
          {row.image && <rect {...row.image} />}
          {row.ribbons.map((path) => (
            <path key={path} d={path} />
          ))}
          <rect
            fill="var(--surface-2)"
            stroke="none"
            x={0}
            y={row.tabs.y}
            width={row.strip.width}
            height={row.strip.height + row.tabs.height}
          />
        </svg>
      )}
      <p className={styles['label']} style={{ top: layout.labelsY }}>
        Your photo’s pyramid appears here.
      </p>
    </div>
  );
}
