import { AnysizeError } from '../../core/errors.ts';
import { joinModel, type ModelFiles, parseModelJson, shardPaths } from './modelFiles.ts';

/**
 * Reads a TF.js graph model out of files that a person picked: its model.json and every shard that this names.
 * @throws AnysizeError `BadModel` naming the file that is missing or wrong.
 */
export async function readPickedModel(files: File[]): Promise<ModelFiles> {
  const described = files.filter((file) => file.name.toLowerCase().endsWith('.json'));
  const model = described.find((file) => file.name === 'model.json') ?? described[0];
  if (!model)
    throw new AnysizeError('BadModel', 'The chosen files hold no model.json; choose it together with its .bin files.');
  const json = parseModelJson(await model.text(), model.name);
  const shards = await Promise.all(
    shardPaths(json).map(async (path) => {
      const name = path.slice(path.lastIndexOf('/') + 1);
      const shard = files.find((file) => file.name === name);
      if (!shard) throw new AnysizeError('BadModel', `The chosen files lack ${name}, which ${model.name} needs.`);
      return new Uint8Array(await shard.arrayBuffer());
    }),
  );
  return joinModel(json, shards, model.name);
}
