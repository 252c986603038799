import { expect, test } from 'vitest';
import { type BenchReport, ratioTo, reportMarkdown, type Result, threeDigits } from './report.ts';

const result = (name: string, median: number, more: Partial<Result> = {}): Result => ({
  name,
  median,
  low: median - 1,
  high: median + 1,
  samples: 7,
  ...more,
});

const report: BenchReport = {
  app: '1.2.3',
  date: '2026-03-04T05:06:07.000Z',
  machine: [['Processor', '2 cores']],
  cases: [
    {
      id: 'photo',
      title: 'One photo',
      note: 'From file to classes.',
      photos: 10,
      results: [
        result('Anysize', 100, { stages: [{ name: 'decode', milliseconds: 12.34 }] }),
        result('a | b', 250),
        result('absent', 0, { failed: 'no network' }),
      ],
    },
  ],
  memory: [{ name: 'engine', bytes: 123_456_789 }],
};

test('a report as Markdown names the machine, every contender with its ratio, and what failed', () => {
  const lines = reportMarkdown(report).split('\n');
  expect(lines[0]).toBe('Anysize 1.2.3, measured 2026-03-04');
  expect(lines).toContain('- Processor: 2 cores');
  expect(lines).toContain('| Anysize | 100 ms, 100.0 photos/s | 99.0 ms – 101 ms | 1 | decode 12.3 ms |');
  expect(lines).toContain('| a \\| b | 250 ms, 40.0 photos/s | 249 ms – 251 ms | 2.50× |  |');
  expect(lines).toContain('| absent | – | – | – | no network |');
  expect(lines).toContain('| engine | 123 |');
});

test('what failed has no ratio, nor anything beside a first that failed', () => {
  const [first, second, failed] = report.cases[0]?.results ?? [];
  expect(ratioTo(first, first!)).toBeNull();
  expect(ratioTo(first, second!)).toBe(2.5);
  expect(ratioTo(first, failed!)).toBeNull();
  expect(ratioTo(failed, second!)).toBeNull();
});

test('three digits, and seconds for what takes long', () => {
  expect([0.1234, 1.5, 12.34, 123.4, 12_345, Number.NaN].map(threeDigits)).toEqual([
    '0.12 ms',
    '1.50 ms',
    '12.3 ms',
    '123 ms',
    '12.3 s',
    '–',
  ]);
});
