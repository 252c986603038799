import * as v from 'valibot';
import { pyramidSchema } from '../../core/pyramid/pyramidSchema.ts';
import { policySchema } from '../../core/size/policySchema.ts';
import {
  countSchema,
  finite,
  minSideSchema,
  scalesSchema,
  sideSchema,
  splitSchema,
  trainingSchema,
  vectorsSchema,
} from './optionsSchema.ts';
import { isSafePath } from './projectFileNames.ts';
import { findSchema, sceneSchema } from './finderSchema.ts';
import { dateSchema, idSchema, runSchema, text } from './runSchema.ts';

/** What `project.json` says it is. */
export const FORMAT = 'anysize-project';
/** Goes up when an older page could not read what a newer one writes. 1 had its runs in `project.json`; up to 2 every photo stood in a class. */
export const VERSION = 3;
/** Bytes of `project.json`, and of each run: 60,000 photos with probabilities for 100 classes. */
export const MAX_JSON = 128 * 2 ** 20;

const pathSchema = v.pipe(v.string(), v.check(isSafePath, 'not a path inside the zip'));
const hashSchema = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'not a SHA-256'));

const fileSchema = v.object({ file: pathSchema, sha256: hashSchema });
const headFile = v.object({ ...fileSchema.entries, scale: finite });

export const headerSchema = v.object({ format: v.literal(FORMAT), version: v.pipe(v.number(), v.safeInteger()) });

const photoSchema = v.object({
  /** Order of arrival; runs name photos by it. */
  id: countSchema,
  /** Where it lies in the zip. */
  file: pathSchema,
  sha256: hashSchema,
  /** Its true name, and its path where it came from a folder. */
  name: text,
  path: text,
  type: text,
  /** Null for a photo that is only in the Find tab. */
  class: v.nullable(idSchema),
  scene: v.optional(v.nullable(sceneSchema), null),
  holdout: v.nullable(sideSchema),
});

const entries = {
  format: v.literal(FORMAT),
  name: text,
  created: dateSchema,
  changed: dateSchema,
  classes: v.pipe(
    v.array(v.object({ id: idSchema, name: text, colour: countSchema })),
    v.maxLength(10_000),
    v.check((rows) => new Set(rows.map(({ id }) => id)).size === rows.length, 'a class stands twice'),
  ),
  options: v.nullable(
    v.object({
      split: splitSchema,
      vectors: vectorsSchema,
      training: trainingSchema,
      policy: policySchema,
      pyramid: pyramidSchema,
      head: v.union([v.picklist(['everyday', 'imagenet', 'none']), v.object({ id: idSchema })]),
      /** Missing in files from before they went with a project. */
      minSide: v.optional(minSideSchema),
      scales: v.optional(scalesSchema),
    }),
  ),
  photos: v.pipe(
    v.array(photoSchema),
    v.check((rows) => new Set(rows.map(({ id }) => id)).size === rows.length, 'a photo stands twice'),
    v.check((rows) => new Set(rows.map(({ file }) => file)).size === rows.length, 'two photos are one file'),
  ),
  /** What is to be found, and the runs of finders; missing in files from before there were any. */
  find: v.optional(v.nullable(findSchema), null),
  finders: v.optional(
    v.pipe(
      v.array(v.object({ id: idSchema, name: text, file: pathSchema, numbers: fileSchema })),
      v.maxLength(10_000),
      v.check((rows) => new Set(rows.map(({ id }) => id)).size === rows.length, 'a finder stands twice'),
    ),
    [],
  ),
  /** Heads that came from a file; missing in files from before they were kept. */
  heads: v.optional(
    v.pipe(
      v.array(v.object({ id: idSchema, ...headFile.entries })),
      v.maxLength(10_000),
      v.check((rows) => new Set(rows.map(({ id }) => id)).size === rows.length, 'a head stands twice'),
    ),
    [],
  ),
};

const noRunTwice = <Row>(idOf: (row: Row) => string) =>
  v.check<Row[], string>((rows) => new Set(rows.map(idOf)).size === rows.length, 'a run stands twice');

const runFile = v.object({ id: idSchema, name: text, file: pathSchema, head: headFile });
/** Each run in a file of its own, as {@link runSchema} has it. */
const runFiles = v.pipe(
  v.array(runFile),
  v.maxLength(10_000),
  noRunTwice<v.InferOutput<typeof runFile>>(({ id }) => id),
);

/** `project.json` of version 1 to 3. Unknown fields are dropped. */
export const manifestSchema = v.pipe(
  v.variant('version', [
    v.object({
      ...entries,
      version: v.literal(1),
      runs: v.pipe(
        v.array(v.object({ run: runSchema, head: headFile })),
        v.maxLength(10_000),
        noRunTwice(({ run }) => run.id),
      ),
    }),
    v.object({ ...entries, version: v.literal(2), runs: runFiles }),
    v.object({ ...entries, version: v.literal(3), runs: runFiles }),
  ]),
  v.check(({ classes, photos }) => {
    const ids = new Set(classes.map(({ id }) => id));
    return photos.every((photo) => (photo.class === null ? photo.scene !== null : ids.has(photo.class)));
  }, 'a photo is of no class'),
  v.check(({ find, photos }) => {
    const ids = new Set(find?.classes.map(({ id }) => id));
    return photos.every(({ scene }) => scene?.boxes.every(({ classId }) => ids.has(classId)) ?? true);
  }, 'a box is of no class'),
);

/** What is written: always the newest version. */
export type ManifestInput = Extract<v.InferInput<typeof manifestSchema>, { version: typeof VERSION }>;
export type Manifest = v.InferOutput<typeof manifestSchema>;
/** A run as it is written. */
export type RunInput = v.InferInput<typeof runSchema>;
