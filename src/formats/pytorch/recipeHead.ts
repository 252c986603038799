import * as v from 'valibot';
import { buildHead, checkHead, vectorLength } from '../../core/head/buildHead.ts';
import { anysizeFacts, checkFeatures, headFeatures, partLengths } from '../../core/head/headFeatures.ts';
import type { HeadData } from '../../core/model.ts';
import { writeSafetensors } from '../../core/safetensors.ts';
import { jsonText } from '../jsonText.ts';
import { policySchema } from '../../core/size/policySchema.ts';

/** What the metadata `anysize` of this kind of file is; pages of before read `1` and ask to be updated. */
export const RECIPE_FILE = '2';
export const MAX_CLASSES = 10_000;
const ORDER = 'mean, middle mean, middle deviation, then level by level: row, column, channel';

/**
 * A head on the recipe: `head.weight` [K, D], `head.bias` [K], `head.mean` [D] and `head.scale` [1], on whitened vectors in the app's own order. It
 * is another kind of file than the paper preset's, with its recipe named in the metadata `features`; the whitening is that of the recipe's version.
 */
export function recipeHeadToSafetensors(head: HeadData): Uint8Array<ArrayBuffer> {
  checkHead(head);
  const length = vectorLength(head);
  return writeSafetensors(
    new Map([
      ['head.weight', { shape: [head.classes.length, length], data: head.weights }],
      ['head.bias', { shape: [head.classes.length], data: head.bias }],
      ['head.mean', { shape: [length], data: head.mean ?? new Float32Array(length) }],
      ['head.scale', { shape: [1], data: Float32Array.of(head.scale) }],
    ]),
    {
      format: 'pt',
      anysize: RECIPE_FILE,
      name: head.name,
      classes: JSON.stringify(head.classes),
      features: JSON.stringify(headFeatures(head)),
      policy: JSON.stringify(head.policy),
      order: ORDER,
      ...temperatureMetadata(head),
    },
  );
}

const amount = v.pipe(v.number(), v.finite(), v.minValue(0));
const nameSchema = v.pipe(v.string(), v.maxLength(1000));

/** What the logits were divided by; the numbers in the file have it in them. */
export const temperatureSchema = v.optional(
  v.pipe(v.string(), v.transform(Number), v.number(), v.finite(), v.gtValue(0)),
);

export function temperatureMetadata({ temperature }: Pick<HeadData, 'temperature'>): { temperature?: string } {
  return temperature === undefined ? {} : { temperature: String(temperature) };
}

export const recipeMetadataSchema = v.object({
  anysize: v.literal(RECIPE_FILE),
  name: nameSchema,
  classes: v.pipe(jsonText, v.array(nameSchema), v.minLength(1), v.maxLength(MAX_CLASSES)),
  features: v.pipe(
    jsonText,
    v.object({
      kind: v.literal('anysize'),
      version: v.pipe(v.number(), v.integer()),
      weights: v.object({ two: amount, four: amount }),
      sides: v.pipe(
        v.array(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(4096))),
        v.minLength(1),
        v.maxLength(12),
      ),
    }),
  ),
  policy: v.pipe(jsonText, policySchema),
  temperature: temperatureSchema,
});

/**
 * Reads what {@link recipeHeadToSafetensors} writes.
 * @param floats reads a tensor of a known shape
 * @throws AnysizeError `BadArgument` for a recipe that this version does not know, or what `floats` throws
 */
export function recipeHead(
  { name, classes, features, policy, temperature }: v.InferOutput<typeof recipeMetadataSchema>,
  id: string,
  floats: (name: string, shape: number[]) => Float32Array,
): HeadData {
  checkFeatures(features, name);
  const facts = anysizeFacts(features.weights, features.sides);
  const parts = partLengths(facts);
  const length = parts.reduce((sum, part) => sum + part, 0);
  const weights = floats('head.weight', [classes.length, length]);
  const { normalisation, ...rest } = facts;
  const head = buildHead(
    { id, name, classes, policy, ...rest },
    {
      normalisation,
      levelLengths: parts,
      mean: floats('head.mean', [length]),
      scale: floats('head.scale', [1])[0]!,
    },
    { weights, bias: floats('head.bias', [classes.length]) },
  );
  return temperature === undefined ? head : { ...head, temperature };
}
