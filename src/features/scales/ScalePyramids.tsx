import type { KeyboardEvent } from 'react';
import type { MultiScaleResult, ScaleResult } from '../../core/model.ts';
import { levelOffsets } from '../../core/pyramid/geometry.ts';
import { useStore } from '../../store/store.ts';
import { dimensions, scaleName } from '../../ui/format.ts';
import { Heatmap } from '../../ui/charts/Heatmap.tsx';
import { Legend } from '../../ui/charts/Legend.tsx';
import { colourOf, type Scale as ColourScale, sequential } from '../../ui/charts/palettes.ts';
import styles from './ScalesPanel.module.css';

const strengthText = (value: number): string => value.toFixed(1);

/** A panorama's grids keep cells that can be pointed at. */
function gridAspect({ plan: { source } }: ScaleResult): number {
  return Math.min(2.5, Math.max(0.5, source.width / source.height));
}

/** The bin that the arrow keys lead to inside a level of n×n, counted in the level; null for other keys and at its edge. */
function neighbour(key: string, i: number, n: number): number | null {
  const [row, column] = [Math.floor(i / n), i % n];
  if (key === 'ArrowLeft') return column > 0 ? i - 1 : null;
  if (key === 'ArrowRight') return column < n - 1 ? i + 1 : null;
  if (key === 'ArrowUp') return row > 0 ? i - n : null;
  if (key === 'ArrowDown') return row < n - 1 ? i + n : null;
  return null;
}

/** The pyramids of all sizes side by side, on one colour scale; a bin pointed at is lit at every size, in the panel above and over the image. */
export function ScalePyramids({ scales, levels }: Pick<MultiScaleResult, 'scales'> & { levels: readonly number[] }) {
  const bin = useStore((state) => state.pyramidView.pointed?.bin ?? state.pyramidView.bin);
  const all = scales.flatMap(({ strengths }) => strengths);
  const colours = sequential(Math.min(...all), Math.max(...all));
  return (
    <>
      <ul className={styles['pyramids']}>
        {scales.map((result) => (
          <li key={result.scale}>
            <b>{scaleName(result.scale)}</b>
            <span>
              {bin !== null && result.strengths[bin] !== undefined
                ? `here ${strengthText(result.strengths[bin])}`
                : `${dimensions(result.map)} cells`}
            </span>
            <Pyramid result={result} levels={levels} bin={bin} colours={colours} />
          </li>
        ))}
      </ul>
      <Legend scale={colours} label="Strength, L2 norm" format={strengthText} />
    </>
  );
}

interface PyramidProps {
  result: ScaleResult;
  levels: readonly number[];
  /** The lit bin. */
  bin: number | null;
  colours: ColourScale;
}

function Pyramid({ result, levels, bin, colours }: PyramidProps) {
  const changePyramidView = useStore((state) => state.changePyramidView);
  const offsets = levelOffsets([...levels]);
  const point = (pointed: number | null) =>
    changePyramidView({ pointed: pointed === null ? null : { bin: pointed, channel: null, cell: null } });
  return (
    <div className={styles['levels']} data-pyramid>
      {levels.map((n, level) => {
        const first = offsets[level] ?? 0;
        const within = bin !== null && bin >= first && bin < first + n * n ? bin - first : null;
        const strength = (i: number) => result.strengths[first + i] ?? 0;
        const onKeyDown = (event: KeyboardEvent, i: number) => {
          const next = neighbour(event.key, i, n);
          if (next === null) return;
          event.preventDefault();
          const pyramid = event.currentTarget.closest('[data-pyramid]');
          pyramid?.querySelector<HTMLElement>(`[data-cell="${first + next}"]`)?.focus();
        };
        return (
          <div key={n} className={styles['level']} style={{ aspectRatio: gridAspect(result) }}>
            <Heatmap
              rows={n}
              columns={n}
              firstId={first}
              colour={(i) => colourOf(colours, strength(i))}
              label={`Level ${n}×${n} at ${scaleName(result.scale)}: strength`}
              cellLabel={(i) => `row ${Math.floor(i / n) + 1}, column ${(i % n) + 1}: ${strengthText(strength(i))}`}
              active={within}
              chosen={null}
              tabStop={0}
              onPoint={(i) => point(i === null ? null : first + i)}
              onChoose={(i) => changePyramidView({ bin: first + i === bin ? null : first + i })}
              onKeyDown={onKeyDown}
            />
          </div>
        );
      })}
    </div>
  );
}
