/** Totals of `npm test` and `npm run test:long`; run as a program it prints the sum of both, as `.ci/run`'s last line. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { root } from './install.mjs';

const folder = `${root}test-results/totals`;
const fileOf = (kind) => `${folder}/${kind}.json`;

/** Counts as one line. */
export function told({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/** Keeps the total of a run, `short` or `long`. */
export function keepTotal(kind, total) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(fileOf(kind), JSON.stringify(total));
}

/** The sum of these runs' totals; a run that left none counts as one failure. */
export function sumOf(kinds) {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const kind of kinds) {
    const total = existsSync(fileOf(kind)) ? JSON.parse(readFileSync(fileOf(kind), 'utf8')) : { failed: 1 };
    for (const key of Object.keys(sum)) sum[key] += total[key] ?? 0;
  }
  return sum;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const sum = sumOf(['short', 'long']);
  console.log(told(sum));
  process.exitCode = sum.failed > 0 ? 1 : 0;
}
