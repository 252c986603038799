import type { Plot } from './plotSvg.ts';

/** What a bench hands back: tables of plain text, and for each row whether its target is met. */
export interface Row {
  cells: string[];
  /** Absent where a row has no target. */
  target?: { text: string; met: boolean };
}

export interface Table {
  title: string;
  columns: string[];
  rows: Row[];
  notes: string[];
  /** How it looks, where it is a matter of growth. */
  plot?: Plot;
}

/**
 * A file `bench/<name>.bench.ts` exports one of these as `bench`; it runs in a page of a real browser. `parts` are those asked for on
 * the command line: none for all, and a bench that has no parts need not look at them.
 */
export type Bench = (progress: (text: string) => void, parts: readonly string[]) => Promise<Table[]>;

/** A table as aligned text. */
export function renderTable({ title, columns, rows, notes }: Table): string {
  const lines = [
    [...columns, 'target'],
    ...rows.map(({ cells, target }) => [...cells, target ? `${target.text} ${target.met ? '✓' : '✗ MISSED'}` : '']),
  ];
  const widths = lines[0]?.map((_, i) => Math.max(...lines.map((line) => line[i]?.length ?? 0))) ?? [];
  const text = lines.map((line) =>
    line
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('   ')
      .trimEnd(),
  );
  const rule = '─'.repeat(Math.max(...text.map((line) => line.length)));
  return [title, rule, text[0], rule, ...text.slice(1), rule, ...notes.map((note) => `  ${note}`), ''].join('\n');
}
