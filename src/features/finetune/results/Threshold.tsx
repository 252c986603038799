import type { RunRow } from '../../../core/project/model.ts';
import { useMemo } from 'react';
import type { Metrics } from '../../../core/training/model.ts';
import { useStore } from '../../../store/store.ts';
import { type ChartSeries } from '../../../ui/charts/chartData.ts';
import { LineChart } from '../../../ui/charts/LineChart.tsx';
import { RangeField } from '../../../ui/fields/RangeField.tsx';
import { csv } from '../../../formats/tables/csv.ts';
import { wholePercent } from '../../../ui/format.ts';
import { coverageAt } from './coverageAt.ts';
import { EditOnly } from '../../../client/EditOnly.tsx';
import styles from './results.module.css';
import { accuracyRange } from '../trainingWords.ts';

/** Below which confidence Classify says "unknown": set on the curve of accuracy against coverage. */
export function Threshold({ run, metrics }: { run: RunRow; metrics: Metrics }) {
  const changeRun = useStore((state) => state.changeRun);
  const { coverage: points } = metrics;
  const here = coverageAt(points, run.threshold);
  const series = useMemo(
    (): ChartSeries[] => [
      {
        label: 'accuracy of the answers given',
        colour: 1,
        marks: points.length <= 60,
        points: points.map(({ coverage, accuracy }) => ({ x: coverage, y: accuracy })).sort((a, b) => a.x - b.x),
      },
    ],
    [points],
  );
  return (
    <section aria-label="Unknown below a threshold">
      <LineChart
        title="When should it say “unknown”?"
        xLabel="validation photos that get an answer"
        yLabel="answers right"
        series={series}
        xRange={[0, 1]}
        yRange={accuracyRange(points.map(({ accuracy }) => accuracy))}
        mark={here.coverage}
        markLabel={`${wholePercent(here.coverage)} answered${here.accuracy === null ? '' : `, ${wholePercent(here.accuracy)} right`}`}
        height={224}
        formatX={wholePercent}
        formatY={wholePercent}
        empty="No validation photos."
        fileName={`${run.name} coverage`}
        csv={() =>
          csv(
            ['threshold', 'coverage', 'accuracy'],
            points.map((p) => [p.threshold, p.coverage, p.accuracy]),
          )
        }
      />
      <EditOnly>
        <RangeField
          label="Unknown below a confidence of"
          value={run.threshold}
          min={0}
          max={0.99}
          step={0.01}
          format={wholePercent}
          onChange={(threshold) => changeRun(run.id, { threshold })}
        />
      </EditOnly>
      <p className={styles['quiet']}>
        {run.threshold === 0
          ? 'Every photo gets an answer.'
          : `${wholePercent(here.coverage)} of the validation photos get an answer${here.accuracy === null ? '' : `, ${wholePercent(here.accuracy)} of those answers are right`}; the rest are “unknown”.`}{' '}
        The Classify tab uses it with this run.
      </p>
    </section>
  );
}
