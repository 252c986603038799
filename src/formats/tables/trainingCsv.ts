import type { BatchPoint, EpochPoint, TrainingRun } from '../../core/training/model.ts';
import { csv } from './csv.ts';

/** Every optimiser step: its loss and learning rate. */
export function batchesCsv(batches: readonly BatchPoint[]): string {
  return csv(
    ['step', 'train loss', 'learning rate'],
    batches.map(({ step, loss, learningRate }) => [step, loss, learningRate]),
  );
}

/** Every epoch: loss and accuracy of both sides; empty where there is no validation photo. */
export function epochsCsv(epochs: readonly EpochPoint[]): string {
  return csv(
    ['epoch', 'train loss', 'validation loss', 'train accuracy', 'validation accuracy'],
    epochs.map((e) => [e.epoch, e.trainLoss, e.validationLoss, e.trainAccuracy, e.validationAccuracy]),
  );
}

/** The accuracy that cross-validation found for each weight decay (exact method). */
export function decayCsv(curve: TrainingRun['decayCurve']): string {
  return csv(
    ['weight decay', 'cross-validated accuracy'],
    curve.map(({ weightDecay, accuracy }) => [weightDecay, accuracy]),
  );
}

/**
 * Every photo of a run: its side, true and predicted class, and the probability of each class.
 * @param nameOf the photo's path or name
 */
export function predictionsCsv(
  run: Pick<TrainingRun, 'classes' | 'predictions'>,
  nameOf: (photoId: string) => string,
): string {
  const { classes, predictions } = run;
  return csv(
    ['photo', 'side', 'true class', 'predicted class', ...classes.map((name) => `p(${name})`)],
    predictions.map(({ id, side, truth, predicted, probabilities }) => [
      nameOf(id),
      side,
      classes[truth] ?? '',
      classes[predicted] ?? '',
      ...probabilities,
    ]),
  );
}
