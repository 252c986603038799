import type { BatchRow } from '../../core/batchModel.ts';
import { missingEndWords } from '../../core/image-header/missingEnd.ts';
import { answerWords } from '../../core/labels/plainAnswer.ts';
import { policyCode } from '../../core/size/sizing.ts';
import { csvLine, type CsvValue } from './csv.ts';

/** So that Excel takes the file for UTF-8. */
export const BYTE_ORDER_MARK = '\uFEFF';

const CLASSES = 5;

const HEADER = [
  'path',
  'name',
  'bytes',
  'modified',
  'result',
  'answer',
  'class',
  'score',
  'unknown',
  ...Array.from({ length: CLASSES - 1 }, (_, i) => [`class ${i + 2}`, `score ${i + 2}`]).flat(),
  'width px',
  'height px',
  'decoded smaller by',
  'time ms',
  'head',
  'size policy',
  'minimum side px',
  'averaged sizes',
  'backend',
  'error',
  'note',
];

/** ISO 8601 in UTC; empty for a time that is none. */
export function isoTime(milliseconds: number): string {
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString();
}

function cells(row: BatchRow): CsvValue[] {
  const done = row.status === 'done';
  const classes = Array.from({ length: CLASSES }, (_, i) => row.top[i]);
  const pairs = classes.map((one): CsvValue[] => [one?.label ?? null, one?.score ?? null]);
  return [
    row.path,
    row.name,
    row.bytes,
    isoTime(row.modified),
    done ? 'ok' : 'failed',
    row.said ? answerWords(row.said) : null,
    ...(pairs[0] ?? []),
    row.unknown ? 'yes' : null,
    ...pairs.slice(1).flat(),
    done ? row.width : null,
    done ? row.height : null,
    row.reduction ?? null,
    done ? row.milliseconds : null,
    row.head,
    policyCode(row.policy),
    row.minSide ?? null,
    row.scales?.join(' ') ?? null,
    row.backend,
    row.error?.message ?? null,
    row.missingEnd === undefined ? null : missingEndWords(row.missingEnd),
  ];
}

/**
 * The results of a batch as CSV (RFC 4180), a line at a time: a line a photo, failed ones with their reason. Names stand as they were, except
 * that a text which a spreadsheet would run as a formula (starting with = + - @, tab or return) gets a leading apostrophe.
 * @param mark starts the file with a byte order mark, which Excel needs to read UTF-8
 */
export function* batchCsv(rows: Iterable<BatchRow>, mark: boolean): Generator<string> {
  yield (mark ? BYTE_ORDER_MARK : '') + csvLine(HEADER);
  for (const row of rows) yield csvLine(cells(row));
}

/** The same results as plain objects, for JSON lines: texts exactly as they were. */
export function* batchObjects(rows: Iterable<BatchRow>): Generator<object> {
  for (const row of rows) {
    const { path, name, bytes, status, top, unknown, width, height, milliseconds, error, head, policy, backend, said } =
      row;
    const modified = isoTime(row.modified);
    const sizes = { ...(row.minSide && { minSide: row.minSide }), ...(row.scales && { scales: row.scales }) };
    if (status === 'failed') yield { path, name, bytes, modified, result: 'failed', error, head, policy, ...sizes };
    else
      yield {
        path,
        name,
        bytes,
        modified,
        result: 'ok',
        ...(said && { answer: answerWords(said) }),
        top,
        unknown,
        width,
        height,
        ...(row.reduction && { reduction: row.reduction }),
        milliseconds,
        head,
        policy,
        ...sizes,
        backend,
        ...(row.missingEnd !== undefined && { note: missingEndWords(row.missingEnd) }),
      };
  }
}
