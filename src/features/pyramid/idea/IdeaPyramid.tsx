import type { Inspection } from '../../../core/model.ts';
import { useBarcode } from '../figure/useBarcode.ts';
import { rmsPerColumn } from '../readout/measures.ts';
import { sequential } from '../../../ui/charts/palettes.ts';
import styles from './Idea.module.css';
import { LevelSquares } from './LevelSquares.tsx';

const COLUMNS = 336;

/** A sample's levels, and below them its vector: as long as any other photo's. */
export function IdeaPyramid({ inspection, step }: { inspection: Inspection; step: number }) {
  const { vector, pyramid } = inspection;
  const scale = sequential(
    0,
    rmsPerColumn(vector, COLUMNS).reduce((a, b) => Math.max(a, b), 0),
  );
  const strip = useBarcode({ values: vector, scale, columns: COLUMNS });
  return (
    <>
      <div className={styles['levels']} data-shown={step >= 2}>
        {pyramid.levels.map((n, level) => (
          <LevelSquares key={n} inspection={inspection} level={level} />
        ))}
      </div>
      <img className={styles['strip']} data-shown={step >= 3} src={strip} alt="" />
    </>
  );
}
