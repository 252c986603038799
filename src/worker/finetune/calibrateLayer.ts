import { buildHead, applyHead, type HeadFacts } from '../../core/head/buildHead.ts';
import { fitTemperature, foldTemperature } from '../../core/head/headTemperature.ts';
import type { LinearLayer } from '../../core/head/linearModel.ts';
import type { HeadData } from '../../core/model.ts';
import { heldOutFolds } from '../../core/training/exact.ts';
import type { RunCalibration, TrainingRequest } from '../../core/training/model.ts';
import { headVector, metricsOf, predictAll } from './evaluateHead.ts';
import type { Prepared } from './prepare.ts';

/** With fewer validation photos than this the temperature is fitted on training photos too, each left out of what judges it. */
const ENOUGH = 30;
const FOLDS = 5;
/** A Gram matrix of more rows takes longer than it is worth for one number. */
const MOST_ROWS = 2000;

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
  const { set, photos, groups } = prepared;
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
  const few = validation.length < ENOUGH && set.train.count <= MOST_ROWS;
  if (few) {
    const { labelSmoothing, classWeights } = request.training;
    const folds = await heldOutFolds(
      set,
      {
        weightDecay,
        labelSmoothing,
        classWeights: classWeights === 'balanced' ? 'balanced' : null,
        groups,
        seed: request.split.seed,
      },
      FOLDS,
      undefined,
      signal,
    );
    for (const fold of folds) {
      logits.push(...fold.logits);
      labels.push(...fold.rows.map((row) => set.train.labels[row] ?? 0));
    }
  }
  const temperature = fitTemperature(logits, labels, classes);
  const before = metricsOf(await predictAll(plain, validation, signal), 'val', classes);
  return {
    head: { ...buildHead(facts, set.normaliser, foldTemperature(layer, temperature)), temperature },
    calibrated: {
      temperature,
      on: few ? 'training' : 'validation',
      photos: labels.length,
      before: before && { calibration: before.calibration, logLoss: before.logLoss },
    },
  };
}
