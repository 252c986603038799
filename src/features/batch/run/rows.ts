import type { Analysis } from '../../../core/model.ts';
import type { BatchInfo, BatchRow } from '../../../core/batchModel.ts';
import { headName, unknownBelow } from '../../../store/heads.ts';
import type { HeadEntry } from '../../../store/settings.ts';
import { type BatchEntry, type BatchFile, isUnopened } from './BatchRun.ts';
import { nameOf } from './sources.ts';

function identity(entry: BatchEntry): Pick<BatchRow, 'key' | 'path' | 'name' | 'bytes' | 'modified'> {
  const { key, path } = entry;
  if (isUnopened(entry)) return { key, path, name: nameOf(path), bytes: 0, modified: Number.NaN };
  return { key, path, name: entry.file.name, bytes: entry.file.size, modified: entry.file.lastModified };
}

export function doneRow(photo: BatchFile, analysis: Analysis, heads: readonly HeadEntry[]): BatchRow {
  return {
    ...identity(photo),
    status: 'done',
    top: analysis.top.map(({ label, score }) => ({ label, score })),
    ...(analysis.said && { said: analysis.said }),
    unknown: unknownBelow(analysis, heads) !== null,
    width: analysis.facts.width,
    height: analysis.facts.height,
    ...(analysis.facts.reduction && { reduction: analysis.facts.reduction }),
    ...(analysis.facts.missingEnd !== undefined && { missingEnd: analysis.facts.missingEnd }),
    milliseconds: analysis.times.total,
    error: null,
    head: headName(analysis, heads),
    policy: analysis.plan.policy,
    ...(analysis.plan.minSide && { minSide: analysis.plan.minSide }),
    ...(analysis.scales && { scales: analysis.scales.map(({ scale }) => scale) }),
    backend: analysis.backend,
  };
}

export function failedRow(photo: BatchEntry, { name, message }: Error, batch: BatchInfo): BatchRow {
  return {
    ...identity(photo),
    status: 'failed',
    top: [],
    unknown: false,
    width: 0,
    height: 0,
    milliseconds: 0,
    error: { name, message },
    head: batch.head === 'none' ? null : batch.headName,
    policy: batch.policy,
    ...(batch.minSide && { minSide: batch.minSide }),
    ...(batch.scales?.length && batch.head !== 'none' && { scales: batch.scales }),
    backend: null,
  };
}
