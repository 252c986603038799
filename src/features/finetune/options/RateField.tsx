import { useMemo } from 'react';
import { csv } from '../../../formats/tables/csv.ts';
import { useAppState, useStore } from '../../../store/store.ts';
import { Button } from '../../../ui/Button.tsx';
import type { ChartSeries } from '../../../ui/charts/chartData.ts';
import { CheckField } from '../../../ui/fields/CheckField.tsx';
import { LineChart } from '../../../ui/charts/LineChart.tsx';
import { Note } from '../../../ui/notes/Note.tsx';
import { NumberField } from '../../../ui/fields/NumberField.tsx';
import { discardJob, findLearningRate } from '../train/job.ts';
import { jobWords } from '../train/JobStatus.tsx';
import styles from './OptionsZone.module.css';
import { whyNotTrain } from '../trainingRequest.ts';
import { rate } from '../trainingWords.ts';

/** Where an own learning rate starts: the automatic one at 26,880 dimensions (ARCHITECTURE.md). */
const START = 0.009;

/** Two digits: a search over a few dozen steps knows no more. */
function rounded(value: number): number {
  return Number(value.toPrecision(2));
}

/** The learning rate: automatic, typed, or found (Smith 2015) and taken with one click. */
export function RateField() {
  const value = useStore((state) => state.trainingOptions.learningRate);
  const { rateCurve: curve, changeTraining: change } = useAppState('rateCurve', 'changeTraining');
  const { job, jobError } = useAppState('job', 'jobError');
  const reason = useStore((state) => (state.job ? 'Something is being computed.' : whyNotTrain(state)));
  const finding = job?.kind === 'rate' ? job : null;
  const series = useMemo(
    (): ChartSeries[] => [
      {
        label: 'loss',
        colour: 1,
        points: (curve?.points ?? []).map((point) => ({ x: point.learningRate, y: point.loss })),
      },
    ],
    [curve],
  );
  return (
    <div className={styles['group']}>
      <CheckField
        label="Learning rate from the data (1 / mean L1 norm of the vectors)"
        checked={value === 'auto'}
        onChange={(on) => change({ learningRate: on ? 'auto' : curve ? rounded(curve.suggestion) : START })}
      />
      {value !== 'auto' && (
        <NumberField
          label="Learning rate"
          value={value}
          min={1e-8}
          max={100}
          onChange={(learningRate) => change({ learningRate })}
        />
      )}
      <div className={styles['row']}>
        {finding ? (
          <>
            <p role="status">{jobWords(finding).words}</p>
            <Button onClick={discardJob}>Stop</Button>
          </>
        ) : (
          <>
            <p>{curve ? `Suggested: ${rate(curve.suggestion)}` : 'Find one by a short test'}</p>
            {curve && (
              <Button
                disabled={value === rounded(curve.suggestion)}
                onClick={() => change({ learningRate: rounded(curve.suggestion) })}
              >
                Take it
              </Button>
            )}
            <Button disabled={reason !== null} title={reason ?? undefined} onClick={() => void findLearningRate()}>
              {curve ? 'Find again' : 'Find'}
            </Button>
          </>
        )}
      </div>
      {jobError?.kind === 'rate' && <Note tone="error">{jobError.message}</Note>}
      {curve && (
        <LineChart
          title="Loss over learning rate"
          xLabel="learning rate"
          yLabel="loss"
          series={series}
          logX
          mark={curve.suggestion}
          markLabel="suggested"
          height={184}
          formatX={rate}
          formatY={(loss) => loss.toPrecision(2)}
          empty=""
          fileName="learning rate search"
          csv={() =>
            csv(
              ['learning rate', 'loss'],
              curve.points.map((point) => [point.learningRate, point.loss]),
            )
          }
        />
      )}
    </div>
  );
}
