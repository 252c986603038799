import * as v from 'valibot';
import { policySchema } from '../../core/size/policySchema.ts';
import {
  countSchema,
  finite,
  gridsSchema,
  sideSchema,
  splitSchema,
  usedTrainingSchema,
  vectorsSchema,
  share,
} from './optionsSchema.ts';

export const text = v.pipe(v.string(), v.maxLength(10_000));
export const idSchema = v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/, 'not an id'));
export const dateSchema = v.pipe(v.string(), v.isoTimestamp());
/** A diverged training's loss is no number that JSON knows; it is written as text. */
const loss = v.union([finite, v.pipe(v.picklist(['NaN', 'Infinity', '-Infinity']), v.transform(Number))]);

const metricsSchema = v.object({
  count: countSchema,
  confusion: v.array(v.array(countSchema)),
  perClass: v.array(
    v.object({
      precision: v.nullable(share),
      recall: v.nullable(share),
      f1: v.nullable(share),
      support: countSchema,
    }),
  ),
  accuracy: v.object({ value: share, low: finite, high: finite, count: countSchema }),
  logLoss: loss,
  calibration: v.object({
    bins: v.array(
      v.object({
        low: finite,
        high: finite,
        count: countSchema,
        confidence: v.nullable(finite),
        accuracy: v.nullable(share),
      }),
    ),
    error: loss,
  }),
  coverage: v.array(v.object({ threshold: loss, coverage: share, accuracy: v.nullable(share) })),
});

const calibratedSchema = v.object({
  temperature: v.pipe(finite, v.gtValue(0)),
  on: v.picklist(['validation', 'training']),
  photos: countSchema,
  before: v.nullable(v.object({ calibration: metricsSchema.entries.calibration, logLoss: loss })),
});

const repeatedSchema = v.object({
  mean: share,
  low: share,
  high: share,
  folds: countSchema,
  repeats: countSchema,
  photos: countSchema,
});

const strategy = v.picklist(['crop', 'warp', 'mean', 'spp', 'plain', 'auto']);
const comparisonSchema = v.object({
  results: v.array(v.object({ strategy, accuracies: v.array(share), mean: finite, deviation: loss })),
  seeds: v.array(finite),
  winners: v.array(strategy),
  policy: v.optional(policySchema),
  verdict: text,
});

const leaveOneOutPoint = v.object({ lambda: finite, error: loss, accuracy: share });
const pyramidChoiceSchema = v.pipe(
  v.object({
    chosen: countSchema,
    candidates: v.array(v.object({ weights: gridsSchema, curve: v.array(leaveOneOutPoint), best: leaveOneOutPoint })),
    photos: countSchema,
  }),
  v.check(({ chosen, candidates }) => chosen < candidates.length, 'chose none of its candidates'),
);

const runEntries = v.object({
  id: idSchema,
  name: text,
  created: dateSchema,
  classes: v.pipe(v.array(text), v.minLength(1), v.maxLength(10_000)),
  split: splitSchema,
  vectors: vectorsSchema,
  training: usedTrainingSchema,
  backend: text,
  seconds: v.object({ vectors: finite, training: finite }),
  batches: v.array(v.object({ step: finite, loss, learningRate: loss })),
  epochs: v.array(
    v.object({
      epoch: finite,
      trainLoss: loss,
      trainAccuracy: loss,
      validationLoss: v.nullable(loss),
      validationAccuracy: v.nullable(loss),
    }),
  ),
  decayCurve: v.array(v.object({ weightDecay: finite, accuracy: loss })),
  pyramidChoice: v.optional(pyramidChoiceSchema),
  predictions: v.array(
    v.object({ id: text, side: sideSchema, truth: countSchema, predicted: countSchema, probabilities: v.array(loss) }),
  ),
  metrics: v.nullable(metricsSchema),
  calibrated: v.optional(calibratedSchema),
  repeated: v.optional(repeatedSchema),
  testMetrics: v.nullable(metricsSchema),
  failed: v.array(v.object({ id: text, message: text })),
  notices: v.array(text),
  stopped: v.boolean(),
  threshold: share,
  comparison: v.nullable(comparisonSchema),
  basis: v.object({
    classes: v.array(v.object({ id: text, name: text })),
    members: v.pipe(
      v.array(v.tuple([text, text, v.nullable(sideSchema)])),
      v.transform((rows) => new Map(rows.map(([id, classId, holdout]) => [id, { classId, holdout }]))),
    ),
  }),
});

type Run = v.InferOutput<typeof runEntries>;

/** Everything that counts classes counts the same ones. */
function isConsistent({ classes, predictions, metrics, testMetrics }: Run): boolean {
  const k = classes.length;
  const fits = (one: Run['metrics']) =>
    one === null ||
    (one.perClass.length === k && one.confusion.length === k && one.confusion.every((row) => row.length === k));
  return (
    fits(metrics) &&
    fits(testMetrics) &&
    predictions.every(({ truth, predicted, probabilities }) => truth < k && predicted < k && probabilities.length === k)
  );
}

/** A run as it stands in a project file, read into a row of the list of runs. */
export const runSchema = v.pipe(runEntries, v.check(isConsistent, 'its numbers do not fit its classes'));
