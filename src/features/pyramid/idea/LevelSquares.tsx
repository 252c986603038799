import { binStrengths } from '../../../core/pyramid/binStrengths.ts';
import { levelOffsets } from '../../../core/pyramid/geometry.ts';
import type { Inspection } from '../../../core/model.ts';
import { colourOf, css, sequential } from '../../../ui/charts/palettes.ts';

/** One level of a pyramid as coloured bins in the photo's own shape, without words: what each holds, from little to much. */
export function LevelSquares({ inspection, level }: { inspection: Inspection; level: number }) {
  const { pyramid, vector, map, plan } = inspection;
  const n = pyramid.levels[level] ?? 1;
  const first = levelOffsets(pyramid.levels)[level] ?? 0;
  const strengths = binStrengths(vector, map.channels);
  const scale = sequential(Math.min(...strengths), Math.max(...strengths));
  const [width, height] = [100, (100 * plan.source.height) / plan.source.width];
  return (
    <svg viewBox={`0 0 ${width} ${height}`} aria-hidden>
      {Array.from({ length: n * n }, (_, i) => (
        <rect
          key={i}
          x={((i % n) * width) / n + 0.75}
          y={(Math.floor(i / n) * height) / n + 0.75}
          width={width / n - 1.5}
          height={height / n - 1.5}
          fill={css(colourOf(scale, strengths[first + i] ?? 0))}
        />
      ))}
    </svg>
  );
}
