import * as v from 'valibot';
import {
  countSchema,
  finite,
  minSideSchema,
  policySchema,
  pyramidSchema,
  scalesSchema,
  sideSchema,
  splitSchema,
  trainingSchema,
  vectorsSchema,
} from './optionsSchema.ts';
import { isSafePath } from './projectFileNames.ts';
import { dateSchema, idSchema, runSchema, text } from './runSchema.ts';

/** What `project.json` says it is. */
export const FORMAT = 'anysize-project';
/** Goes up when an older page could not read what a newer one writes. */
export const VERSION = 1;

const pathSchema = v.pipe(v.string(), v.check(isSafePath, 'not a path inside the zip'));
const hashSchema = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'not a SHA-256'));

const headFile = v.object({ file: pathSchema, sha256: hashSchema, scale: finite });

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
  class: idSchema,
  holdout: v.nullable(sideSchema),
});

const manifestEntries = v.object({
  format: v.literal(FORMAT),
  version: v.literal(VERSION),
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
      head: v.union([v.picklist(['imagenet', 'none']), v.object({ id: idSchema })]),
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
  runs: v.pipe(
    v.array(v.object({ run: runSchema, head: headFile })),
    v.maxLength(10_000),
    v.check((rows) => new Set(rows.map(({ run }) => run.id)).size === rows.length, 'a run stands twice'),
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
});

function photosHaveClasses({ classes, photos }: v.InferOutput<typeof manifestEntries>): boolean {
  const ids = new Set(classes.map(({ id }) => id));
  return photos.every((photo) => ids.has(photo.class));
}

/** `project.json`, version 1. Unknown fields are dropped. */
export const manifestSchema = v.pipe(manifestEntries, v.check(photosHaveClasses, 'a photo is of no class'));

export type ManifestInput = v.InferInput<typeof manifestSchema>;
export type Manifest = v.InferOutput<typeof manifestSchema>;
