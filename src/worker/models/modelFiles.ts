import { io } from '@tensorflow/tfjs-core';
import * as v from 'valibot';
import { AnysizeError } from '../../core/errors.ts';

/** A TF.js graph model as bytes: enough to build it again on any backend without another download. */
export interface ModelFiles {
  json: io.ModelJSON;
  /** All shards, one after the other, in the manifest's order. */
  weights: ArrayBuffer;
}

/** The part of a GraphDef's node that is read here. */
export interface GraphNode {
  name: string;
  op: string;
  attr?: Record<string, unknown>;
}

const BYTES_PER_VALUE: Record<string, number> = { float32: 4, int32: 4, float16: 2, uint16: 2, uint8: 1, bool: 1 };

const modelSchema = v.looseObject({
  modelTopology: v.looseObject({ node: v.array(v.looseObject({ name: v.string(), op: v.string() })) }),
  weightsManifest: v.pipe(
    v.array(
      v.looseObject({
        paths: v.array(v.string()),
        weights: v.array(
          v.looseObject({
            name: v.string(),
            shape: v.array(v.pipe(v.number(), v.integer(), v.minValue(0))),
            dtype: v.picklist(['float32', 'int32', 'bool']),
            quantization: v.optional(v.looseObject({ dtype: v.picklist(['float16', 'uint8', 'uint16']) })),
          }),
        ),
      }),
    ),
    v.minLength(1),
  ),
});

/**
 * Reads a graph model's model.json.
 * @param from names the file in the error message.
 * @throws AnysizeError `BadModel` when it is not JSON or not a TF.js graph model.
 */
export function parseModelJson(text: string, from: string): io.ModelJSON {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new AnysizeError('BadModel', `${from} is not JSON.`, { cause });
  }
  const parsed = v.safeParse(modelSchema, value);
  if (!parsed.success) {
    const where = v.getDotPath(parsed.issues[0]);
    throw new AnysizeError('BadModel', `${from} is not a TF.js graph model${where ? ` (see "${where}")` : ''}.`);
  }
  return value as io.ModelJSON;
}

export function graphNodes(json: io.ModelJSON): GraphNode[] {
  return (json.modelTopology as { node: GraphNode[] }).node;
}

export function weightSpecs(json: io.ModelJSON): io.WeightsManifestEntry[] {
  return json.weightsManifest.flatMap((group) => group.weights);
}

/** Bytes that the model's shards hold together, from its manifest. */
export function weightBytes(json: io.ModelJSON): number {
  return weightSpecs(json).reduce((sum, { shape, dtype, quantization }) => {
    const values = shape.reduce((product, side) => product * side, 1);
    return sum + values * (BYTES_PER_VALUE[quantization?.dtype ?? dtype] ?? 0);
  }, 0);
}

/** Paths of the model's shards, beside its model.json. */
export function shardPaths(json: io.ModelJSON): string[] {
  return json.weightsManifest.flatMap((group) => group.paths);
}

/**
 * Joins the shards to a model.
 * @throws AnysizeError `BadModel` when they hold more or less than the manifest says.
 */
export function joinModel(json: io.ModelJSON, shards: Uint8Array[], from: string): ModelFiles {
  const expected = weightBytes(json);
  const held = shards.reduce((sum, shard) => sum + shard.byteLength, 0);
  if (held !== expected) {
    throw new AnysizeError(
      'BadModel',
      `The weights beside ${from} hold ${held.toLocaleString('en')} bytes; ${expected.toLocaleString('en')} were expected.`,
    );
  }
  const weights = new Uint8Array(expected);
  let offset = 0;
  for (const shard of shards) {
    weights.set(shard, offset);
    offset += shard.byteLength;
  }
  return { json, weights: weights.buffer };
}

/** Hands a model's files to TF.js. The bytes are only read, so one `ModelFiles` serves any number of loads. */
export function modelHandler(files: ModelFiles): io.IOHandler {
  return {
    load: () =>
      io.getModelArtifactsForJSON(files.json, (manifest) =>
        Promise.resolve([manifest.flatMap((group) => group.weights), files.weights]),
      ),
  };
}
