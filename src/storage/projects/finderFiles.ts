import { finderNumbers, finderOf, finderShape } from '../../core/find/finderFile.ts';
import type { Finder, FinderRun } from '../../core/find/model.ts';
import type { FinderRecord } from './records.ts';

/** The numbers of a finder in one file. */
export function finderBlob(finder: Finder): Blob {
  return new Blob([finderNumbers(finder)]);
}

/** A run of a finder whose numbers are in this file. */
export function finderRecord(
  project: string,
  { finder, ...run }: FinderRun,
  file: string,
  bytes: number,
): FinderRecord {
  return { ...run, project, finder: { ...finderShape(finder), file, bytes } };
}

/** The run of a record and its file; null where the file does not hold the numbers that the record needs. */
export async function readFinder(record: FinderRecord, numbers: Blob | null): Promise<FinderRun | null> {
  const { project: _project, finder, ...run } = record;
  const { file, bytes: _bytes, ...shape } = finder;
  if (!numbers) return null;
  try {
    // Renamed runs: the name that stands is the run's.
    const whole = finderOf({ ...shape, name: run.name }, new Uint8Array(await numbers.arrayBuffer()), file);
    return { ...run, finder: whole };
  } catch (error) {
    if (error instanceof Error && error.name === 'BadModel') return null;
    throw error;
  }
}
