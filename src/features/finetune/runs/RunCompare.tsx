import type { RunRow } from '../../../core/project/model.ts';
import { useMemo } from 'react';
import { useStore } from '../../../store/store.ts';
import { Button } from '../../../ui/Button.tsx';
import { csv } from '../../../formats/tables/csv.ts';
import { type ChartSeries, joinSeries } from '../../../ui/charts/chartData.ts';
import { ComparedTable } from '../../../ui/grid/ComparedTable.tsx';
import { LineChart } from '../../../ui/charts/LineChart.tsx';
import { wholePercent } from '../../../ui/format.ts';
import results from '../results/results.module.css';
import { accuracyLine, settingsOf } from '../trainingWords.ts';

/** Two runs side by side: what was set differently, how good each is, and their curves over each other. */
export function RunCompare({ a, b }: { a: RunRow; b: RunRow }) {
  const compareRun = useStore((state) => state.compareRun);
  const rows = useMemo((): [string, string, string][] => {
    const settingsB = new Map(settingsOf(b));
    const good = (run: RunRow) => (run.metrics ? accuracyLine(run.metrics) : 'no validation photos');
    return [
      ['Accuracy', good(a), good(b)],
      ['Log loss', a.metrics?.logLoss.toFixed(3) ?? '–', b.metrics?.logLoss.toFixed(3) ?? '–'],
      ['Calibration error', points(a), points(b)],
      ['Photos', String(a.predictions.length), String(b.predictions.length)],
      ['Classes', String(a.classes.length), String(b.classes.length)],
      ...settingsOf(a).map(([name, value]): [string, string, string] => [name, value, settingsB.get(name) ?? '']),
    ];
  }, [a, b]);
  const loss = useMemo(() => curves(a, b, 'validationLoss'), [a, b]);
  const accuracy = useMemo(() => curves(a, b, 'validationAccuracy'), [a, b]);
  return (
    <>
      <section aria-label="Two runs side by side">
        <div className={results['head']}>
          <h3>Two runs side by side</h3>
          <Button onClick={() => compareRun(null)}>Back to one</Button>
        </div>
        <ComparedTable what="Setting" names={[a.name, b.name]} rows={rows} />
      </section>
      <Curves title="Validation loss" yLabel="cross-entropy" series={loss} format={(value) => value.toPrecision(2)} />
      <Curves
        title="Validation accuracy"
        yLabel="photos right"
        series={accuracy}
        format={wholePercent}
        yRange={[0, 1]}
      />
    </>
  );
}

function points({ metrics }: RunRow): string {
  return metrics ? `${(metrics.calibration.error * 100).toFixed(1)} points` : '–';
}

function curves(a: RunRow, b: RunRow, key: 'validationLoss' | 'validationAccuracy'): ChartSeries[] {
  const line = (run: RunRow, colour: 1 | 2): ChartSeries => ({
    // Two runs may have one name; the second line is dashed, so that it is told apart in black and white too.
    label: run.name,
    colour,
    dashed: colour === 2,
    points: run.epochs.map((epoch) => ({ x: epoch.epoch, y: epoch[key] })),
  });
  return [line(a, 1), line(b, 2)];
}

interface CurvesProps {
  title: string;
  yLabel: string;
  series: ChartSeries[];
  format: (value: number) => string;
  yRange?: readonly [number, number];
}

function Curves({ title, yLabel, series, format, yRange }: CurvesProps) {
  const table = () => {
    const { xs, ys } = joinSeries(series);
    return csv(
      ['epoch', ...series.map(({ label }) => label)],
      xs.map((x, i) => [x, ...ys.map((column) => column[i] ?? null)]),
    );
  };
  return (
    <LineChart
      title={title}
      xLabel="epoch"
      yLabel={yLabel}
      series={series}
      {...(yRange && { yRange })}
      formatX={(value) => String(Math.round(value * 100) / 100)}
      formatY={format}
      empty="The exact method has no epochs."
      fileName={title}
      csv={table}
    />
  );
}
