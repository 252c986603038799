import { calibratedHead } from './calibrateLayer.ts';
import { fitHead } from './fitHead.ts';
import type { RunControl } from './RunControl.ts';
import { metricsOf, predictAll } from './evaluateHead.ts';
import type { Preparation } from './prepare.ts';
import { headFacts } from '../../core/training/features.ts';
import type { TrainingProgress, TrainingRequest, TrainingRun } from '../../core/training/model.ts';

/** One training run, from photos to metrics. */
export async function trainRun(
  preparation: Preparation,
  request: TrainingRequest,
  backend: string,
  onProgress: (progress: TrainingProgress) => void,
  control: RunControl,
  signal: AbortSignal,
): Promise<TrainingRun> {
  const prepared = await preparation.prepare(request, onProgress, control, signal);
  await control.whileHeld(signal);
  const started = performance.now();
  const fitted = await fitHead(prepared, request.training, request.split.seed, onProgress, control, signal);
  const { vectors: gathering, set } = prepared.seconds;
  const seconds = { vectors: gathering, training: set + (performance.now() - started) / 1000 };
  onProgress({ phase: 'evaluating' });
  const { classes, vectors, split, name } = request;
  const id = crypto.randomUUID();
  const facts = { id, name, classes, ...headFacts(vectors, prepared.recipe?.weights ?? null) };
  const { head, calibrated } = await calibratedHead(facts, prepared, fitted.layer, request, fitted.weightDecay, signal);
  const predictions = await predictAll(head, prepared.photos, signal);
  const { learningRate, weightDecay, batches, epochs, decayCurve, stopped } = fitted;
  return {
    id,
    name,
    created: new Date().toISOString(),
    classes,
    split,
    vectors,
    training: { ...request.training, normalisation: head.normalisation, learningRate, weightDecay },
    backend,
    seconds,
    batches,
    epochs,
    decayCurve,
    ...(prepared.recipe && { pyramidChoice: prepared.recipe.choice }),
    predictions,
    metrics: metricsOf(predictions, 'val', classes.length),
    calibrated,
    testMetrics: metricsOf(predictions, 'test', classes.length),
    failed: prepared.failed,
    notices: prepared.notices,
    stopped,
    head,
  };
}
