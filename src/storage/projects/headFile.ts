import { vectorLength } from '../../core/head/buildHead.ts';
import type { HeadData } from '../../core/model.ts';
import type { HeadRecord } from './records.ts';

/** The numbers of a head in one file, float32: weights [K, D], bias [K] and, where it is centred, mean [D]. */
export function headNumbers({ weights, bias, mean }: HeadData): Blob {
  const parts = [weights, bias, ...(mean ? [mean] : [])];
  // Copied, so that a view on shared memory is a plain one.
  return new Blob(parts.map((part) => new Float32Array(part)));
}

/** A head without its numbers. */
export function headRecord({ weights, bias, mean, ...rest }: HeadData, file: string): HeadRecord {
  return { ...rest, file, bytes: 4 * (weights.length + bias.length + (mean?.length ?? 0)) };
}

/** The head of a record and its file; null where the file does not hold the numbers that the record needs. */
export async function readHead(record: HeadRecord, numbers: Blob | null): Promise<HeadData | null> {
  const { file: _file, bytes: _bytes, ...rest } = record;
  const length = vectorLength(rest);
  const classes = rest.classes.length;
  const centred = rest.normalisation.centre;
  const needed = classes * length + classes + (centred ? length : 0);
  if (!numbers || numbers.size !== 4 * needed) return null;
  const all = new Float32Array(await numbers.arrayBuffer());
  const weights = all.slice(0, classes * length);
  const bias = all.slice(classes * length, classes * length + classes);
  return { ...rest, weights, bias, mean: centred ? all.slice(classes * length + classes) : null };
}
