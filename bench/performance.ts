/** docs/performance.md and its plots, made of what benches measured: kept in docs/performance.json, a bench's newest result in place of the one before. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { plotSvg } from './plotSvg.ts';
import type { Table } from './table.ts';

interface Measured {
  /** ISO 8601. */
  date: string;
  machine: string;
  table: Table;
}

/** By the bench's name. */
type Performance = Record<string, Measured[]>;

/** In this order; others follow. */
const ORDER = ['page', 'decode', 'workers', 'growth', 'spp', 'train', 'simd', 'native'];

/** The machine in words; how busy it was, since that is part of any time. */
export function machineWords(browser: string): string {
  const all = cpus();
  const load = loadavg()[0] ?? 0;
  const busy = load > 1 ? `, busy with other work (load ${load.toFixed(1)})` : '';
  const model = (all[0]?.model ?? 'unknown processor').trim();
  return `${all.length} cores (${model}), ${(totalmem() / 2 ** 30).toFixed(0)} GB${busy}, Chromium ${browser}`;
}

const cell = (text: string) => text.replaceAll('|', '\\|');
const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;

function tableText({ title, columns, rows, notes, plot }: Table): string[] {
  const goals = rows.some(({ target }) => target);
  const width = columns.length + (goals ? 1 : 0);
  return [
    `### ${title}`,
    '',
    ...(plot ? [`![${plot.title}](performance/${plot.id}.svg)`, ''] : []),
    line([...columns, ...(goals ? ['goal'] : [])]),
    line(Array.from({ length: width }, (_, i) => (i === 0 ? '---' : '--:'))),
    ...rows.map(({ cells, target }) =>
      line([
        ...cells.map((text) => text.trim()),
        ...(goals ? [target ? `${target.text} ${target.met ? '✓' : '✗'}` : ''] : []),
      ]),
    ),
    '',
    ...notes.flatMap((note) => [note, '']),
  ];
}

function documentText(all: Performance): string {
  const names = [...ORDER.filter((name) => name in all), ...Object.keys(all).filter((name) => !ORDER.includes(name))];
  const parts = names.flatMap((name) => {
    let last = '';
    const tables = (all[name] ?? []).flatMap(({ date, machine, table }) => {
      const where = `${date.slice(0, 10)}, on ${machine}.`;
      const said = where === last ? [] : [where, ''];
      last = where;
      return [...said, ...tableText(table)];
    });
    return [`## \`npm run bench -- ${name}\``, '', ...tables];
  });
  return [
    '# Performance',
    '',
    'Made by `npm run bench -- --report` and the names of benches; each part says when and on which machine. Times of a busy machine say little, ratios',
    'more: contenders take turns in one run. On your own machine: open `/bench` in the app (`bench.html` on some hosts) and press Start.',
    '',
    ...parts,
  ].join('\n');
}

/**
 * Keeps what a bench measured, and writes the document anew.
 * @param some only parts of the bench were asked for: what the others gave before stays
 */
export function keepPerformance(docs: string, name: string, machine: string, tables: Table[], some: boolean): void {
  const kept = join(docs, 'performance.json');
  const all = existsSync(kept) ? (JSON.parse(readFileSync(kept, 'utf8')) as Performance) : {};
  const date = new Date().toISOString();
  const measured = tables.map((table) => ({ date, machine, table }));
  const again = new Set(tables.map(({ title }) => title));
  const before = some ? (all[name] ?? []).filter(({ table }) => !again.has(table.title)) : [];
  all[name] = [...before, ...measured];
  const folder = join(docs, 'performance');
  mkdirSync(folder, { recursive: true });
  for (const { plot } of tables) if (plot) writeFileSync(join(folder, `${plot.id}.svg`), plotSvg(plot));
  writeFileSync(kept, `${JSON.stringify(all, null, 2)}\n`);
  writeFileSync(join(docs, 'performance.md'), documentText(all));
}
