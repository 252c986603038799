/** What the bench page measures, without the page. Parts: `small` for tiny pieces of work, a number for how many samples of each. */
import { measureHere } from '../src/bench/measureHere.ts';
import { type CaseResult, rateOf, ratioTo, threeDigits } from '../src/bench/report.ts';
import type { Bench, Table } from './table.ts';

const ROUNDS = 5;

function tableOf(one: CaseResult): Table {
  const [first] = one.results;
  return {
    title: one.title,
    columns: ['', 'median', 'middle half', 'beside the first', 'of which'],
    rows: one.results.map((result) => {
      if (result.failed) return { cells: [result.name, result.failed, '', '', ''] };
      const ratio = ratioTo(first, result);
      const stages = (result.stages ?? []).map(({ name, milliseconds }) => `${name} ${threeDigits(milliseconds)}`);
      return {
        cells: [
          result.name,
          [threeDigits(result.median), rateOf(one, result)].filter(Boolean).join(', '),
          `${threeDigits(result.low)} – ${threeDigits(result.high)}`,
          ratio === null ? '1' : `${ratio.toFixed(2)}×`,
          stages.join(', '),
        ],
      };
    }),
    notes: [one.note],
  };
}

export const bench: Bench = async (progress, parts) => {
  const rounds = Number(parts.find((part) => /^\d+$/.test(part)) ?? ROUNDS);
  let last = '';
  const { cases, memory } = await measureHere({
    rounds,
    small: parts.includes('small'),
    official: false,
    backend: 'auto',
    onProgress: (_, doing) => {
      if (doing !== last) progress(doing);
      last = doing;
    },
  });
  return [
    ...cases.map(tableOf),
    {
      title: 'Memory after all of it',
      columns: ['', 'MB'],
      rows: memory.map(({ name, bytes }) => ({ cells: [name, (bytes / 1e6).toFixed(0)] })),
      notes: [],
    },
  ];
};
