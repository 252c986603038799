import type { FileEntry } from '@zip.js/zip.js/lib/zip-core-native.js';
import * as v from 'valibot';
import { AnysizeError, messageOf } from '../../core/errors.ts';
import { sha256 } from '../../core/sha256.ts';
import { Meter, unpack, type ZipLimits } from '../zip/zipEntries.ts';
import { MAX_JSON } from './projectFileSchema.ts';

/** A file of the zip by its path within the project. */
export type Within = (file: string) => FileEntry | undefined;

/** Numbers that are all alike are packed a thousandfold; JSON is held by its size alone. */
export function jsonMeter(limits: ZipLimits, totalBytes: number): Meter {
  return new Meter({ ...limits, totalBytes, fileBytes: Math.min(limits.fileBytes, MAX_JSON), ratio: Infinity });
}

/** What a JSON file holds, or what is wrong with it. */
export async function readJson(
  entry: FileEntry,
  meter: Meter,
  signal?: AbortSignal,
): Promise<{ json: unknown } | 'is damaged' | 'is not JSON'> {
  const result = await unpack(entry, meter, (stream) => new Response(stream).text(), signal);
  if (!('made' in result)) return 'is damaged';
  try {
    return { json: JSON.parse(result.made) };
  } catch {
    return 'is not JSON';
  }
}

/** @throws AnysizeError `BadModel` where the file is missing, or not what the schema says, or of another run */
export async function readStored<Run extends { id: string }>(
  { id, file }: { id: string; file: string },
  schema: v.GenericSchema<unknown, Run>,
  within: Within,
  meter: Meter,
  signal?: AbortSignal,
): Promise<Run> {
  const fail = (why: string) => new AnysizeError('BadModel', `its ${file} ${why}`);
  const entry = within(file);
  if (!entry) throw fail('is not in the zip');
  const value = await readJson(entry, meter, signal);
  if (typeof value === 'string') throw fail(value);
  const run = v.safeParse(schema, value.json, { abortEarly: true });
  if (!run.success) throw fail(wrongAt(run.issues[0]));
  if (run.output.id !== id) throw fail('is of another run');
  return run.output;
}

/** Reads what may be wrong without the rest being so: then it is left out and told. */
export async function orLeaveOut(what: string, notices: string[], read: () => Promise<void>): Promise<void> {
  try {
    await read();
  } catch (error) {
    if (!(error instanceof AnysizeError) || error.name !== 'BadModel') throw error;
    notices.push(`${what} was left out: ${messageOf(error)}`);
  }
}

export function wrongAt(issue: v.BaseIssue<unknown>): string {
  return `is wrong at “${v.getDotPath(issue) ?? 'the top'}” (${issue.message.slice(0, 200)})`;
}

/** @throws AnysizeError `BadModel` where the bytes are not those that were written */
export async function readNumbers(
  stored: { file: string; sha256: string },
  what: string,
  within: Within,
  meter: Meter,
  signal?: AbortSignal,
): Promise<ArrayBuffer> {
  const be = what.endsWith('s') ? 'are' : 'is';
  const entry = within(stored.file);
  if (!entry) throw new AnysizeError('BadModel', `${what} ${be} not in the zip`);
  const result = await unpack(entry, meter, (stream) => new Response(stream).arrayBuffer(), signal);
  if (!('made' in result)) throw new AnysizeError('BadModel', `${what} ${be} damaged`);
  if ((await sha256(result.made)) !== stored.sha256) {
    throw new AnysizeError('BadModel', `${what} ${be} not the one that project.json names`);
  }
  return result.made;
}
