import * as v from 'valibot';
import { AnysizeError } from '../../core/errors.ts';
import { jsonText } from '../jsonText.ts';
import type { HeadData, Normalisation, PyramidOptions } from '../../core/model.ts';
import { poolingSchema, ruleSchema } from '../../core/pyramid/pyramidSchema.ts';
import { policySchema } from '../../core/size/policySchema.ts';
import { DEFAULT_POLICY } from '../../core/size/sizing.ts';
import { checkHead } from '../../core/head/buildHead.ts';
import { headFeatures } from '../../core/head/headFeatures.ts';
import { checkLevels, binCount } from '../../core/pyramid/geometry.ts';
import { toBinMajor, toChannelMajor } from '../../core/pyramid/flatten.ts';
import { pyramidsOfLength } from '../../core/pyramid/pyramidFromLength.ts';
import {
  MAX_CLASSES,
  RECIPE_FILE,
  recipeHead,
  recipeHeadToSafetensors,
  recipeMetadataSchema,
  temperatureMetadata,
  temperatureSchema,
} from './recipeHead.ts';
import { readSafetensors, type SafetensorsFile, type TensorToWrite, writeSafetensors } from '../../core/safetensors.ts';

/** MobileNetV2's last feature map; assumed where a file says nothing. */
const CHANNELS = 1280;
const NO_NORMALISATION: Normalisation = { sqrt: false, l2: 'none', centre: false };

/** A head that was read, and what had to be assumed: sentences for the person. */
export interface ImportedHead {
  head: HeadData;
  notices: string[];
}

/** Each class's row of a [K, D] matrix through `convert`. */
function eachRow(rows: Float32Array, length: number, convert: (row: Float32Array) => Float32Array): Float32Array {
  const out = new Float32Array(rows.length);
  for (let at = 0; at < rows.length; at += length) out.set(convert(rows.subarray(at, at + length)), at);
  return out;
}

/**
 * A head as PyTorch keeps one: `lin.weight` [K, D] and `lin.bias` [K], D in the order of `view(1, -1)` after each level
 * ([level][channel][row][column]); for a centred head also `normalisation.mean` [D] and `normalisation.scale` [1].
 * The metadata holds the rest as text: name, classes, levels, rule, pooling, channels, policy, normalisation. A head on the recipe is a kind of
 * file of its own ({@link recipeHeadToSafetensors}).
 */
export function headToSafetensors(head: HeadData): Uint8Array<ArrayBuffer> {
  if (headFeatures(head).kind === 'anysize') return recipeHeadToSafetensors(head);
  checkHead(head);
  const { levels, rule, pooling } = head.pyramid;
  const length = binCount(levels) * head.channels;
  const reorder = (row: Float32Array) => toChannelMajor(row, levels, head.channels);
  const tensors = new Map<string, TensorToWrite>([
    ['lin.weight', { shape: [head.classes.length, length], data: eachRow(head.weights, length, reorder) }],
    ['lin.bias', { shape: [head.classes.length], data: head.bias }],
  ]);
  if (head.normalisation.centre && head.mean) {
    tensors.set('normalisation.mean', { shape: [length], data: reorder(head.mean) });
    tensors.set('normalisation.scale', { shape: [1], data: Float32Array.of(head.scale) });
  }
  return writeSafetensors(tensors, {
    format: 'pt',
    anysize: '1',
    name: head.name,
    classes: JSON.stringify(head.classes),
    levels: JSON.stringify(levels),
    rule,
    pooling,
    channels: String(head.channels),
    policy: JSON.stringify(head.policy),
    normalisation: JSON.stringify(head.normalisation),
    ...temperatureMetadata(head),
    order: 'level, channel, row, column',
  });
}

const metadataSchema = v.object({
  anysize: v.optional(v.literal('1', 'is of a newer version of Anysize; update this page')),
  name: v.optional(v.pipe(v.string(), v.maxLength(1000))),
  classes: v.optional(v.pipe(jsonText, v.array(v.pipe(v.string(), v.maxLength(1000))))),
  levels: v.optional(v.pipe(jsonText, v.array(v.number()))),
  rule: v.optional(ruleSchema),
  pooling: v.optional(poolingSchema),
  channels: v.optional(v.pipe(v.string(), v.regex(/^[1-9]\d{0,4}$/), v.transform(Number))),
  policy: v.optional(v.pipe(jsonText, policySchema)),
  normalisation: v.optional(
    v.pipe(jsonText, v.object({ sqrt: v.boolean(), l2: v.picklist(['vector', 'level', 'none']), centre: v.boolean() })),
  ),
  temperature: temperatureSchema,
});

/**
 * Reads what {@link headToSafetensors} writes, and plain PyTorch files with `lin.weight` and `lin.bias` alone (the
 * `sppmob` module's state): then the shape tells the pyramid.
 * @param fileName for messages, and the head's name where the file has none
 * @param id of the new head
 * @throws AnysizeError `BadModel` that says what is wrong, or which pyramids are possible where several are
 */
export function headFromSafetensors(file: Uint8Array<ArrayBuffer>, fileName: string, id: string): ImportedHead {
  const fail = (what: string): never => {
    throw new AnysizeError('BadModel', `${fileName} holds no head that can be used here: ${what}.`);
  };
  const stored = readSafetensors(file, fileName);
  if (stored.metadata.get('anysize') === RECIPE_FILE) return { head: readRecipeHead(stored, id, fail), notices: [] };
  const parsed = v.safeParse(metadataSchema, Object.fromEntries(stored.metadata));
  if (!parsed.success) return fail(metadataProblem(parsed.issues[0]));
  const told = parsed.output;
  const shape = stored.tensors.get('lin.weight')?.shape;
  const [classCount, length] = shape ?? [];
  if (classCount === undefined || length === undefined || shape?.length !== 2) {
    return fail('there is no matrix "lin.weight" of [classes, vector length] in it');
  }
  if (classCount < 1 || classCount > MAX_CLASSES)
    return fail(`it has ${classCount} classes; 1 to ${MAX_CLASSES} can be`);
  if (told.classes && told.classes.length !== classCount) {
    return fail(`it names ${told.classes.length} classes, and "lin.weight" has ${classCount} rows`);
  }
  const channels = told.channels ?? CHANNELS;
  const pyramid: PyramidOptions = {
    levels: findLevels(told.levels, length, channels, fail),
    rule: told.rule ?? 'adaptive',
    pooling: told.pooling ?? 'max',
  };
  const normalisation = told.normalisation ?? NO_NORMALISATION;
  const floats = tensorReader(stored, fail);
  const reorder = (row: Float32Array) => toBinMajor(row, pyramid.levels, channels);
  const head: HeadData = {
    id,
    name: told.name ?? fileName.replace(/\.safetensors$/i, ''),
    classes: told.classes ?? Array.from({ length: classCount }, (_, k) => `class ${k + 1}`),
    pyramid,
    policy: told.policy ?? DEFAULT_POLICY,
    channels,
    normalisation,
    mean: normalisation.centre ? reorder(floats('normalisation.mean', [length])) : null,
    scale: normalisation.centre ? floats('normalisation.scale', [1])[0]! : 1,
    weights: eachRow(floats('lin.weight', [classCount, length]), length, reorder),
    bias: floats('lin.bias', [classCount]),
    ...(told.temperature !== undefined && { temperature: told.temperature }),
  };
  attempt(() => checkHead(head), fail);
  return { head, notices: assumptions(told, pyramid) };
}

function metadataProblem(issue: v.BaseIssue<unknown>): string {
  return `its metadata "${v.getDotPath(issue) ?? ''}" is wrong (${issue.message})`;
}

function readRecipeHead(stored: SafetensorsFile, id: string, fail: (what: string) => never): HeadData {
  const parsed = v.safeParse(recipeMetadataSchema, Object.fromEntries(stored.metadata));
  if (!parsed.success) return fail(metadataProblem(parsed.issues[0]));
  const floats = tensorReader(stored, fail);
  return attempt(() => recipeHead(parsed.output, id, floats), fail);
}

function findLevels(
  told: number[] | undefined,
  length: number,
  channels: number,
  fail: (what: string) => never,
): number[] {
  if (told) {
    attempt(() => checkLevels(told), fail);
    if (binCount(told) * channels === length) return told;
    return fail(
      `its pyramid [${told.join(', ')}] over ${channels} channels makes vectors of ${binCount(told) * channels} numbers, and "lin.weight" takes ${length}`,
    );
  }
  const possible = pyramidsOfLength(length, channels);
  if (possible.length === 1) return possible[0]!;
  if (possible.length === 0) {
    return fail(
      `vectors of ${length} numbers come from no pyramid over ${channels} channels (26880 would be [4, 2, 1])`,
    );
  }
  const names = possible.slice(0, 6).map((levels) => `[${levels.join(', ')}]`);
  if (possible.length > names.length) names.push('…');
  return fail(
    `vectors of ${length} numbers can come from several pyramids: ${names.join(' or ')}. Say which in its metadata, as "levels"`,
  );
}

/** Reads a tensor of a known shape, all of whose numbers are finite. */
function tensorReader({ tensors }: SafetensorsFile, fail: (what: string) => never) {
  return (name: string, shape: number[]): Float32Array => {
    const tensor = tensors.get(name);
    if (!tensor) return fail(`there is no "${name}" in it`);
    if (tensor.shape.join() !== shape.join()) {
      return fail(`"${name}" is [${tensor.shape.join(', ')}] where [${shape.join(', ')}] is needed`);
    }
    const values = tensor.floats();
    if (!values.every(Number.isFinite)) return fail(`"${name}" holds numbers that are not finite`);
    return values;
  };
}

function attempt<T>(step: () => T, fail: (what: string) => never): T {
  try {
    return step();
  } catch (error) {
    if (error instanceof AnysizeError && error.name === 'BadModel') throw error;
    return fail(error instanceof Error ? error.message : String(error));
  }
}

function assumptions(told: v.InferOutput<typeof metadataSchema>, { levels, rule }: PyramidOptions): string[] {
  const notices: string[] = [];
  if (!told.levels) notices.push(`Its size tells the pyramid: [${levels.join(', ')}].`);
  if (!told.classes) notices.push('The file does not name its classes; they are numbered.');
  if (!told.rule || !told.policy || !told.normalisation) {
    notices.push(
      `The file does not say how its vectors were made: raw vectors by the ${rule} rule from photos of about 300 × 300 pixels are assumed. ` +
        'A head trained on another MobileNetV2 than the one here answers poorly.',
    );
  }
  return notices;
}
