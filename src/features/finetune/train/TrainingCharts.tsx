import { useMemo } from 'react';
import type { BatchPoint, EpochPoint, TrainingRun } from '../../../core/training/model.ts';
import { batchesCsv, decayCsv, epochsCsv } from '../../../formats/tables/trainingCsv.ts';
import { type ChartSeries, smooth } from '../../../ui/charts/chartData.ts';
import { LineChart } from '../../../ui/charts/LineChart.tsx';
import { wholePercent } from '../../../ui/format.ts';
import styles from './TrainView.module.css';
import { accuracyRange, rate } from '../trainingWords.ts';

export interface Curves {
  batches: readonly BatchPoint[];
  epochs: readonly EpochPoint[];
  decayCurve: TrainingRun['decayCurve'];
  /** Optimiser steps of an epoch; null while none is over. */
  stepsPerEpoch: number | null;
  /** Epochs that the training is to have. */
  total: number;
  method: 'gradient' | 'exact';
}

/** The smoothed loss averages over about a thirtieth of the batches, and over no more than these. */
const MAX_WINDOW = 20;

/** More marks than this run into each other. */
const MOST_MARKS = 60;

const epochTick = (value: number) => (Number.isInteger(value) ? String(value) : value.toFixed(2));
const lossTick = (value: number) => String(Number(value.toPrecision(3)));

export function TrainingCharts({ name, curves }: { name: string; curves: Curves }) {
  const { batches, epochs, decayCurve, total, method } = curves;
  // Before an epoch is over, the batches so far are drawn as one.
  const perEpoch = curves.stepsPerEpoch ?? Math.max(1, batches.length);
  const steps = useMemo(
    () => batches.map(({ loss, learningRate }, i) => ({ x: (i + 1) / perEpoch, y: loss, rate: learningRate })),
    [batches, perEpoch],
  );
  const xRange = total > 0 ? ([0, total] as const) : undefined;

  const loss = useMemo((): ChartSeries[] => {
    const window = Math.min(MAX_WINDOW, Math.max(2, steps.length / 30));
    const smoothed = smooth(
      steps.map(({ y }) => y),
      1 - 1 / window,
    );
    return [
      { label: 'train, each batch', colour: 1, faint: true, points: steps },
      { label: 'train, smoothed', colour: 1, points: steps.map(({ x }, i) => ({ x, y: smoothed[i] ?? null })) },
      {
        label: 'validation',
        colour: 2,
        marks: epochs.length <= MOST_MARKS,
        points: epochs.map((e) => ({ x: e.epoch, y: e.validationLoss })),
      },
    ];
  }, [steps, epochs]);
  const accuracy = useMemo(
    (): ChartSeries[] => [
      { label: 'train', colour: 1, points: epochs.map((e) => ({ x: e.epoch, y: e.trainAccuracy })) },
      {
        label: 'validation',
        colour: 2,
        marks: epochs.length <= MOST_MARKS,
        points: epochs.map((e) => ({ x: e.epoch, y: e.validationAccuracy })),
      },
    ],
    [epochs],
  );
  const rates = useMemo(
    (): ChartSeries[] => [{ label: 'learning rate', colour: 3, points: steps.map(({ x, rate }) => ({ x, y: rate })) }],
    [steps],
  );
  const decays = useMemo(
    (): ChartSeries[] => [
      {
        label: 'cross-validated accuracy',
        colour: 1,
        marks: true,
        points: decayCurve
          .map(({ weightDecay, accuracy }) => ({ x: weightDecay, y: accuracy }))
          .sort((a, b) => a.x - b.x),
      },
    ],
    [decayCurve],
  );

  if (method === 'exact') {
    return (
      <div className={styles['charts']}>
        <LineChart
          title="Accuracy against weight decay"
          xLabel="weight decay λ"
          yLabel="accuracy"
          series={decays}
          logX
          yRange={accuracyRange(decayCurve.map(({ accuracy }) => accuracy))}
          height={240}
          formatX={rate}
          formatY={wholePercent}
          empty="The exact method has no epochs; with weight decay by cross-validation its accuracies stand here."
          fileName={`${name} weight decay`}
          csv={() => decayCsv(decayCurve)}
        />
      </div>
    );
  }
  const shared = { xLabel: 'epoch', formatX: epochTick, ...(xRange && { xRange }) };
  return (
    <div className={styles['charts']}>
      <LineChart
        {...shared}
        title="Loss"
        yLabel="cross-entropy"
        series={loss}
        height={220}
        formatY={lossTick}
        empty="The loss of every batch appears here."
        fileName={`${name} loss`}
        csv={() => batchesCsv(batches)}
      />
      <div className={styles['small']}>
        <LineChart
          {...shared}
          title="Accuracy"
          yLabel="photos right"
          series={accuracy}
          yRange={[0, 1]}
          height={176}
          formatY={wholePercent}
          empty="One point an epoch."
          fileName={`${name} epochs`}
          csv={() => epochsCsv(epochs)}
        />
        <LineChart
          {...shared}
          title="Learning rate"
          yLabel="learning rate"
          series={rates}
          height={176}
          formatY={rate}
          empty="The schedule as it runs."
          fileName={`${name} learning rate`}
          csv={() => batchesCsv(batches)}
        />
      </div>
    </div>
  );
}
