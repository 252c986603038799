import { applyHead, buildHead, type HeadFacts } from '../../core/head/buildHead.ts';
import { fitTemperature, foldTemperature } from '../../core/head/headTemperature.ts';
import type { LinearLayer } from '../../core/head/linearModel.ts';
import type { HeadData } from '../../core/model.ts';
import type { RunCalibration, TrainingRequest } from '../../core/training/model.ts';
import { headVector, metricsOf, predictAll } from './evaluateHead.ts';
import { leftOutAnswers } from './leftOut.ts';
import type { Prepared } from './prepare.ts';

/**
 * With fewer validation photos than this the temperature is fitted on training photos too, each left out of what judges it: 50 photos alone miss the
 * best temperature by 13 to 25 %, together with 150 that were left out by 8 to 16 % (bench `calibration`).
 */
const ENOUGH = 200;
/** With fewer than this it is worth a wait: their Gram matrix may be of {@link MOST_ROWS} rows. */
const FEW = 30;
const MOST_ROWS = 2000;
const READY_ROWS = 1000;

/**
 * A head whose percentages are right, from a trained layer: one temperature, fitted on photos that the layer did not learn from, folded into it.
 * @throws AnysizeError `Cancelled`
 */
export async function calibratedHead(
  facts: HeadFacts,
  prepared: Prepared,
  layer: LinearLayer,
  request: TrainingRequest,
  weightDecay: number,
  signal: AbortSignal,
): Promise<{ head: HeadData; calibrated: RunCalibration }> {
  const { set, photos } = prepared;
  const classes = facts.classes.length;
  const plain = buildHead(facts, set.normaliser, layer);
  const validation = photos.filter(({ side }) => side === 'val');
  const logits: number[] = [];
  const labels: number[] = [];
  for (const { sample, vectors } of validation) {
    for (const vector of vectors) {
      logits.push(...applyHead(plain, headVector(plain, vector)).logits);
      labels.push(sample.classIndex);
    }
  }
  const few = validation.length < FEW;
  const pooled = validation.length < ENOUGH && set.train.count <= (few ? MOST_ROWS : READY_ROWS);
  const left = pooled ? await leftOutAnswers(facts, prepared, layer, request, weightDecay, few, signal) : null;
  const temperature = fitTemperature(
    left ? [...logits, ...left.logits] : logits,
    left ? [...labels, ...left.labels] : labels,
    classes,
  );
  const before = metricsOf(await predictAll(plain, validation, signal), 'val', classes);
  return {
    head: { ...buildHead(facts, set.normaliser, foldTemperature(layer, temperature)), temperature },
    calibrated: {
      temperature,
      on: left && left.photos > 0 ? 'training' : 'validation',
      photos: validation.length + (left?.photos ?? 0),
      before: before && { calibration: before.calibration, logLoss: before.logLoss },
    },
  };
}
