import { useStore } from '../../../store/store.ts';
import type { GridShown } from '../../../store/view.ts';
import styles from './Stage.module.css';

const CHOICES: readonly [GridShown, string][] = [
  ['off', 'off'],
  ['hover', 'on hover'],
  ['on', 'on'],
];

/** When the grid of the pyramid lies over the photo. */
export function GridChoice() {
  const grid = useStore((state) => state.pyramidView.grid);
  const changePyramidView = useStore((state) => state.changePyramidView);
  return (
    <label className={styles['gridChoice']}>
      Grid
      <select value={grid} onChange={(event) => changePyramidView({ grid: event.target.value as GridShown })}>
        {CHOICES.map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
}
