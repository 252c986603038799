import { useMemo, useState } from 'react';
import { plattProbability } from '../../../core/find/platt.ts';
import type { ClassMetrics, FinderMetrics, FinderRun } from '../../../core/find/model.ts';
import { csv } from '../../../formats/tables/csv.ts';
import type { ChartSeries } from '../../../ui/charts/chartData.ts';
import { LineChart } from '../../../ui/charts/LineChart.tsx';
import { FileName } from '../../../ui/FileName.tsx';
import { percent, visibleName, wholePercent } from '../../../ui/format.ts';
import { envelopeOf, recallAt } from './recallAt.ts';
import { foundOf } from './resultWords.ts';
import styles from './results.module.css';

const share = (value: number | null) => (value === null ? '–' : percent(value));

/** Each class by numbers, and the precision–recall curve of one of them with its threshold. */
export function ClassMeasures({ run, metrics }: { run: FinderRun; metrics: FinderMetrics }) {
  const [chosen, setChosen] = useState(0);
  const { classes } = metrics;
  const one = classes[chosen] ?? classes[0];
  const all = foundOf(metrics);
  return (
    <section aria-label="Classes one by one" className={styles['section']}>
      <h3>Classes one by one</h3>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard */}
      <div className={styles['scroll']} role="region" aria-label="Table of classes" tabIndex={0}>
        <table className={styles['table']}>
          <thead>
            <tr>
              <th scope="col">Class</th>
              <th scope="col" title="Average precision where half of a box has to fit: area under the curve below">
                AP 0.5
              </th>
              <th scope="col" title="Where three quarters have to fit">
                AP 0.75
              </th>
              <th scope="col" title="Mean over IoU 0.5, 0.55 … 0.95, as COCO has it">
                AP 0.5–0.95
              </th>
              <th scope="col" title="Harmonic mean of precision and recall at the best threshold">
                F1
              </th>
              <th scope="col" title="The probability from which F1 is best">
                Shown from
              </th>
              <th scope="col">Found</th>
              <th scope="col">False alarms</th>
            </tr>
          </thead>
          <tbody>
            {classes.map((ofClass, k) => {
              const { found, truth, falseAlarms } = foundOf(metrics, k);
              const platt = run.finder.classes[k]?.platt;
              return (
                <tr key={ofClass.name}>
                  <th scope="row">
                    <FileName name={ofClass.name} />
                  </th>
                  <td>{share(ofClass.ap50)}</td>
                  <td>{share(ofClass.ap75)}</td>
                  <td>{share(ofClass.ap)}</td>
                  <td>{ofClass.f1.toFixed(2)}</td>
                  <td>{platt ? wholePercent(plattProbability(platt, ofClass.threshold)) : '–'}</td>
                  <td>
                    {found} of {truth}
                  </td>
                  <td>{falseAlarms}</td>
                </tr>
              );
            })}
          </tbody>
          {classes.length > 1 && (
            <tfoot>
              <tr>
                <th scope="row">All</th>
                <td>{share(metrics.map50)}</td>
                <td>{share(metrics.map75)}</td>
                <td>{share(metrics.map)}</td>
                <td>–</td>
                <td>–</td>
                <td>
                  {all.found} of {all.truth}
                </td>
                <td>{all.falseAlarms}</td>
              </tr>
            </tfoot>
          )}
        </table>
      </div>
      {classes.length > 1 && (
        <label className={styles['choose']}>
          Curve of{' '}
          <select value={chosen} onChange={({ target }) => setChosen(Number(target.value))}>
            {classes.map(({ name }, k) => (
              <option key={name} value={k}>
                {visibleName(name)}
              </option>
            ))}
          </select>
        </label>
      )}
      {one && <Curve run={run} one={one} />}
    </section>
  );
}

function Curve({ run, one }: { run: FinderRun; one: ClassMetrics }) {
  const { name, curve, threshold } = one;
  const series = useMemo(
    (): ChartSeries[] => [{ label: 'interpolated: the area under it is the AP', colour: 1, points: envelopeOf(curve) }],
    [curve],
  );
  const here = recallAt(curve, threshold);
  return (
    <LineChart
      title={`Precision and recall of “${visibleName(name)}”`}
      xLabel="recall: true boxes found"
      yLabel="precision: finds that are right"
      series={series}
      xRange={[0, 1]}
      yRange={[0, 1]}
      mark={here?.recall ?? null}
      markLabel={here ? `best F1: ${wholePercent(here.recall)} found, ${wholePercent(here.precision)} right` : ''}
      height={224}
      formatX={wholePercent}
      formatY={wholePercent}
      empty="No find of this class on the photos kept aside."
      fileName={`${run.name} ${name} precision and recall`}
      csv={() =>
        csv(
          ['score', 'precision', 'recall'],
          curve.map((point) => [point.score, point.precision, point.recall]),
        )
      }
    />
  );
}
