import * as v from 'valibot';
import { countSchema, finite, splitSchema, share } from './optionsSchema.ts';
import { dateSchema, idSchema, text } from './runSchema.ts';

/** What a project file has for finding things: classes, boxes, settings and runs. Nothing in it is trusted. */

const amount = v.pipe(finite, v.minValue(0));
const whole = (least: number, most: number) => v.pipe(v.number(), v.safeInteger(), v.minValue(least), v.maxValue(most));

const corners = v.tuple([finite, finite, finite, finite]);
const boxSchema = v.pipe(
  corners,
  v.check(([left, top, right, bottom]) => right > left && bottom > top, 'a box without extent'),
);

const finderSettingsSchema = v.object({
  side: whole(32, 4096),
  maps: v.pipe(
    v.array(v.picklist(['last', 'middle'])),
    v.minLength(1),
    v.check((maps) => new Set(maps).size === maps.length, 'each map once'),
  ),
  levels: v.pipe(v.array(whole(1, 32)), v.minLength(1), v.maxLength(8)),
  proposals: v.object({
    kind: v.picklist(['search', 'grid']),
    max: whole(1, 10_000),
    seed: whole(-(2 ** 31), 2 ** 32),
  }),
  positiveIou: v.nullable(share),
  negativeIou: share,
  firstNegatives: whole(0, 10_000),
  hardNegatives: whole(0, 10_000),
  rounds: whole(0, 100),
  c: amount,
  iterations: whole(1, 10_000),
  regressor: v.nullable(v.object({ most: whole(0, 10_000), iou: share, lambda: amount })),
  windows: whole(1, 10_000),
  suppression: share,
  most: whole(1, 10_000),
  voting: v.boolean(),
});

const className = v.pipe(
  text,
  v.check((name) => name.trim() !== '', 'a class without a name'),
);

export const findSchema = v.object({
  classes: v.pipe(
    v.array(v.object({ id: idSchema, name: className, colour: countSchema })),
    v.maxLength(10_000),
    v.check((rows) => new Set(rows.map(({ id }) => id)).size === rows.length, 'a class stands twice'),
    v.check((rows) => new Set(rows.map(({ name }) => name)).size === rows.length, 'two classes have one name'),
  ),
  settings: finderSettingsSchema,
  split: splitSchema,
});

export const sceneSchema = v.object({
  boxes: v.pipe(v.array(v.object({ classId: idSchema, box: boxSchema })), v.maxLength(100_000)),
  complete: v.boolean(),
});

const finds = v.array(
  v.object({ label: text, classIndex: countSchema, score: finite, probability: share, box: corners }),
);
const ap = v.nullable(share);

const finderEntries = v.object({
  id: idSchema,
  name: text,
  created: dateSchema,
  classes: v.pipe(v.array(text), v.minLength(1), v.maxLength(10_000)),
  settings: finderSettingsSchema,
  split: splitSchema,
  backend: text,
  seconds: v.object({ reading: finite, training: finite }),
  train: v.array(text),
  heldOut: v.array(text),
  stamps: v.optional(v.array(text)),
  rounds: v.array(
    v.object({
      round: countSchema,
      positives: countSchema,
      negatives: countSchema,
      added: countSchema,
      ap: v.array(ap),
    }),
  ),
  metrics: v.nullable(
    v.object({
      classes: v.array(
        v.object({
          name: text,
          truth: countSchema,
          ap50: ap,
          ap75: ap,
          ap,
          threshold: finite,
          f1: share,
          curve: v.array(v.object({ score: finite, precision: share, recall: share })),
        }),
      ),
      map50: ap,
      map75: ap,
      map: ap,
      errors: v.array(
        v.object({
          kind: v.picklist(['localisation', 'duplicate', 'similar class', 'other class', 'background', 'missed']),
          photo: text,
          classIndex: countSchema,
          box: corners,
          score: v.nullable(finite),
          other: v.optional(countSchema),
        }),
      ),
    }),
  ),
  results: v.array(
    v.object({
      id: text,
      size: v.object({ width: countSchema, height: countSchema }),
      truth: v.array(v.object({ label: text, box: boxSchema })),
      finds,
    }),
  ),
  failed: v.array(v.object({ id: text, message: text })),
  notices: v.array(text),
  /** Without its numbers, which are in a safetensors file. */
  finder: v.object({
    id: idSchema,
    name: text,
    settings: finderSettingsSchema,
    classes: v.pipe(
      v.array(
        v.object({
          name: text,
          bias: finite,
          regressor: v.nullable(v.object({ bias: v.pipe(v.array(finite), v.length(4)) })),
          platt: v.object({ slope: finite, offset: finite }),
          threshold: finite,
        }),
      ),
      v.minLength(1),
      v.maxLength(10_000),
    ),
  }),
});

type FinderEntries = v.InferOutput<typeof finderEntries>;

/** Everything that counts classes counts the same ones. */
function isConsistent({ id, classes, finder, metrics, results, rounds }: FinderEntries): boolean {
  const known = ({ classIndex }: { classIndex: number }) => classIndex < classes.length;
  return (
    finder.id === id &&
    finder.classes.length === classes.length &&
    finder.classes.every(({ name }, i) => name === classes[i]) &&
    rounds.every((round) => round.ap.length === classes.length) &&
    (metrics === null ||
      (metrics.classes.length === classes.length &&
        metrics.errors.every((error) => known(error) && known({ classIndex: error.other ?? 0 })))) &&
    results.every((photo) => photo.finds.every(known))
  );
}

/** A run of a finder as it stands in a project file, its numbers aside. */
export const finderRunSchema = v.pipe(finderEntries, v.check(isConsistent, 'its numbers do not fit its classes'));
