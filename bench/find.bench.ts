/**
 * Finding (issue 12), on WASM. Parts: `example` is the built-in one alone, `recall` the proposals, `windows` those of WebGPU; a number trains on that
 * many photos only, `fast` looks at 300 px, `paper` and `grid` are those settings on fewer photos. Options of the detector are not to be chosen by
 * the 60 test photos.
 */
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { DEFAULT_FINDER, FAST_FINDER, type FinderSettings, PAPER_FINDER } from '../src/core/find/settings.ts';
import { AnysizeEngine } from '../src/worker/engine.ts';
import { exampleTable } from './findExample.ts';
import { RACCOON_COLUMNS, RACCOON_NOTES, raccoons, recallTable, TRAINED, trainedOn } from './findRaccoons.ts';
import { windowsTable } from './findWindows.ts';
import type { Bench, Table } from './table.ts';

const COUNTS = [TRAINED, 10, 20, 50];
/** Photos of the settings that are only tried. */
const TRIED = { photos: 10, tests: 20 };
const TRIES: readonly [part: string, name: string, settings: FinderSettings][] = [
  ['paper', 'as in the paper', PAPER_FINDER],
  ['grid', 'windows of a grid', { ...DEFAULT_FINDER, proposals: { ...DEFAULT_FINDER.proposals, kind: 'grid' } }],
];

export const bench: Bench = async (progress, parts) => {
  if (parts.includes('windows')) return [await windowsTable()];
  setWasmPaths('/node_modules/@tensorflow/tfjs-backend-wasm/dist/');
  const engine = new AnysizeEngine();
  await engine.start('/', 'wasm');
  if (parts.includes('example')) return [await exampleTable(engine, progress)];
  const tables: Table[] = parts.length > 0 ? [] : [await exampleTable(engine, progress)];
  const photos = await raccoons(engine);
  if (parts.length === 0 || parts.includes('recall')) tables.push(await recallTable(engine, photos, progress));
  const asked = parts.map(Number).filter((count) => count > 0);
  const settings = parts.includes('fast') ? FAST_FINDER : DEFAULT_FINDER;
  const counts = asked.length > 0 ? asked : parts.length === 0 || parts.includes('fast') ? COUNTS : [];
  if (counts.length > 0) {
    const rows: Table['rows'] = [];
    for (const count of counts) rows.push(await trainedOn(engine, count, photos, settings, progress));
    const tests = photos.length - TRAINED;
    tables.push({
      title: `Raccoons, shorter side ${settings.side}: trained on the first photos by name, tested on ${tests} others`,
      columns: RACCOON_COLUMNS,
      rows,
      notes: [
        ...RACCOON_NOTES,
        'maps and proposals of a later row are at hand from the first; tfjs on WASM, one thread',
      ],
    });
  }
  for (const [part, name, tried] of TRIES) {
    if (parts.length > 0 && !parts.includes(part)) continue;
    const row = await trainedOn(engine, TRIED.photos, photos, tried, progress, TRIED.tests);
    tables.push({
      title: `Raccoons, ${name}: tested on ${TRIED.tests} others`,
      columns: RACCOON_COLUMNS,
      rows: [row],
      notes: [],
    });
  }
  if (parts.length === 0) tables.push(await windowsTable());
  return tables;
};
