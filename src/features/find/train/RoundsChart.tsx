import { useMemo } from 'react';
import { meanOf } from '../../../core/find/measure.ts';
import type { RoundPoint } from '../../../core/find/model.ts';
import { csv } from '../../../formats/tables/csv.ts';
import type { ChartSeries } from '../../../ui/charts/chartData.ts';
import { LineChart } from '../../../ui/charts/LineChart.tsx';
import { visibleName, wholePercent } from '../../../ui/format.ts';

/** More lines than this run into each other: the mean and the first classes; the CSV has all of them. */
const MOST_CLASSES = 3;
const COLOURS = [2, 3, 4] as const;

export interface RoundsChartProps {
  name: string;
  points: readonly RoundPoint[];
  classes: readonly string[];
  rounds: number;
}

/** AP on the photos kept aside, after each round. */
export function RoundsChart({ name, points, classes, rounds }: RoundsChartProps) {
  const series = useMemo((): ChartSeries[] => {
    const mean = {
      label: classes.length === 1 ? visibleName(classes[0] ?? '') : 'mean of the classes',
      colour: 1 as const,
      marks: true,
      points: points.map(({ round, ap }) => ({ x: round, y: meanOf(ap) })),
    };
    if (classes.length < 2) return [mean];
    const each = classes.slice(0, MOST_CLASSES).map((label, k) => ({
      label: visibleName(label),
      colour: COLOURS[k] ?? 4,
      dashed: true,
      marks: true,
      points: points.map(({ round, ap }) => ({ x: round, y: ap[k] ?? null })),
    }));
    return [mean, ...each];
  }, [points, classes]);
  return (
    <LineChart
      title="Average precision after each round"
      xLabel="round"
      yLabel="AP at IoU 0.5"
      series={series}
      xRange={[0, Math.max(1, rounds)]}
      yRange={[0, 1]}
      height={176}
      formatX={(value) => (Number.isInteger(value) ? String(value) : '')}
      formatY={wholePercent}
      empty="One point a round, on the photos kept aside."
      fileName={`${name} rounds`}
      csv={() =>
        csv(
          ['round', 'positives', 'negatives', 'added', ...classes.map((label) => `AP ${label}`)],
          points.map(({ round, positives, negatives, added, ap }) => [round, positives, negatives, added, ...ap]),
        )
      }
    />
  );
}
