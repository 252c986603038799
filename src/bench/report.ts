import type { Spread } from './spread.ts';

/** One of those that are compared. */
export interface Result extends Spread {
  name: string;
  /** Medians of its parts, where it has any; milliseconds. */
  stages?: { name: string; milliseconds: number }[];
  /** Why it could not be measured; its numbers are 0 then. */
  failed?: string;
}

/** Contenders that took turns at one piece of work; times in milliseconds. The others are compared with the first. */
export interface CaseResult {
  id: string;
  title: string;
  note: string;
  /** How many photos one sample answers, where a rate says more. */
  photos?: number;
  results: Result[];
}

/** What was measured, where and when: plain data, as it is saved. */
export interface BenchReport {
  app: string;
  /** ISO 8601. */
  date: string;
  /** Rows of [what, in words]. */
  machine: [string, string][];
  cases: CaseResult[];
  /** Bytes by what holds them, after all cases. */
  memory: { name: string; bytes: number }[];
}

/** Milliseconds for people: three digits. */
export function threeDigits(value: number): string {
  if (!Number.isFinite(value)) return '–';
  if (value >= 10_000) return `${(value / 1000).toFixed(1)} s`;
  return `${value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2)} ms`;
}

/** How long one takes beside the first of its case: "1.4× as long", "0.62× as long"; null for the first and what failed. */
export function ratioTo(first: Result | undefined, result: Result): number | null {
  if (!first || first === result || first.failed || result.failed || !(first.median > 0)) return null;
  return result.median / first.median;
}

/** A rate, where a sample answers several photos. */
export function rateOf({ photos }: Pick<CaseResult, 'photos'>, { median, failed }: Result): string | null {
  return photos && !failed ? `${((1000 * photos) / median).toFixed(1)} photos/s` : null;
}

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;

function caseTable(one: CaseResult): string[] {
  const [first] = one.results;
  const rows = one.results.map((result) => {
    if (result.failed) return line([result.name, '–', '–', '–', result.failed]);
    const ratio = ratioTo(first, result);
    const parts = (result.stages ?? []).map(({ name, milliseconds }) => `${name} ${threeDigits(milliseconds)}`);
    return line([
      result.name,
      [threeDigits(result.median), rateOf(one, result)].filter(Boolean).join(', '),
      `${threeDigits(result.low)} – ${threeDigits(result.high)}`,
      ratio === null ? '1' : `${ratio.toFixed(2)}×`,
      parts.join(', '),
    ]);
  });
  return [
    `### ${one.title}`,
    '',
    one.note,
    '',
    line(['', 'median', 'middle half', 'time beside the first', 'of which']),
    line(['---', '--:', '--:', '--:', '---']),
    ...rows,
    '',
  ];
}

/** A report as Markdown, to be pasted where it is wanted. */
export function reportMarkdown({ app, date, machine, cases, memory }: BenchReport): string {
  return [
    `Anysize ${app}, measured ${date.slice(0, 10)}`,
    '',
    ...machine.map(([what, words]) => `- ${what}: ${words}`),
    '',
    ...cases.flatMap(caseTable),
    ...(memory.length
      ? [
          '### Memory',
          '',
          line(['', 'MB']),
          line(['---', '--:']),
          ...memory.map(({ name, bytes }) => line([name, (bytes / 1e6).toFixed(0)])),
          '',
        ]
      : []),
  ].join('\n');
}
