/**
 * `npm test`: installs what is missing (Chromium too), then types, lint, kernel tests on WebGPU in Chromium and the build, beside the unit
 * tests; then end-to-end tests. `npm run test:long` (`--long`): those that are long by repetition or size, and tests of random input with
 * many more runs. All stages run even when one fails; the last line counts them together.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { checkNode, installChromium, installPackages, root, run } from './install.mjs';
import { playwrightReport, vitestReport } from './testReports.mjs';
import { keepTotal, told } from './total.mjs';

const long = process.argv.includes('--long');
const kind = long ? 'long' : 'short';
const reports = `${root}test-results/reports/${kind}`;
const SLOWEST = 10;

const total = { passed: 0, failed: 0, skipped: 0 };
const timed = [];
const flaky = [];

function add(name, counts, seconds) {
  for (const key of Object.keys(total)) total[key] += counts[key];
  console.log(`\n${name}: ${told(counts)} in ${seconds.toFixed(0)} s\n`);
}

/** Runs one of package.json's scripts; its output is shown as it comes, or at its end where another runs beside it. */
function script(args, env, beside) {
  if (!beside) return run('npm', ['run', '--silent', ...args], env);
  return new Promise((resolve) => {
    const options = { cwd: root, env: { ...process.env, ...env }, shell: process.platform === 'win32' };
    const child = spawn('npm', ['run', '--silent', ...args], options);
    const output = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => output.push(chunk));
    child.on('error', ({ message }) => output.push(Buffer.from(`npm: ${message}\n`)));
    child.on('close', (code) => {
      process.stdout.write(Buffer.concat(output));
      resolve(code ?? 1);
    });
  });
}

/** A stage that passes or fails as one. */
async function check(name) {
  const from = performance.now();
  const ok = (await script([name], {}, true)) === 0;
  add(name, { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 }, (performance.now() - from) / 1000);
  return ok;
}

/** A stage whose runner writes a JSON report; a runner that fails without one, or without a failed test, is a failure. */
async function suite(name, args, env, read, beside) {
  const file = `${reports}/${name}.json`;
  const from = performance.now();
  const given = { ...env(file), ...(long && { ANYSIZE_LONG: '1' }) };
  const code = await script([name, '--', ...args(file)], given, beside);
  const report = existsSync(file) ? read(JSON.parse(readFileSync(file, 'utf8'))) : null;
  const counts = report?.counts ?? { passed: 0, failed: 0, skipped: 0 };
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
  timed.push(...(report?.timed ?? []));
  flaky.push(...(report?.flaky ?? []));
  add(name, counts, (performance.now() - from) / 1000);
}

function vitest(name, { projects = [], env = {}, beside = false } = {}) {
  const more = projects.flatMap((project) => ['--project', project]);
  const args = (file) => [...more, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  return suite(name, args, () => env, vitestReport, beside);
}

checkNode();
installPackages();
await installChromium();
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
if (!existsSync(process.env.ANYSIZE_SHARED ?? `${root}../shared`)) {
  console.log(
    'The shared test images are not here (ANYSIZE_SHARED, default ../shared): tests that read them are skipped.',
  );
}
let built = false;
if (long) {
  await vitest('unit');
  await vitest('kernels');
} else {
  // Neither keeps two cores busy alone: the browser of the kernels waits for its GPU, and some unit tests for a program.
  await Promise.all([
    (async () => {
      await check('types');
      await check('lint');
      await vitest('kernels', { beside: true });
      built = await check('build');
    })(),
    vitest('unit', { projects: ['pure', 'slow'], env: { ANYSIZE_SPLIT: '1' }, beside: true }),
  ]);
}
await suite(
  'e2e',
  () => ['--reporter=list,json'],
  (file) => ({ PLAYWRIGHT_JSON_OUTPUT_NAME: file, ...(built && { ANYSIZE_BUILT: '1' }) }),
  playwrightReport,
);

console.log(`\nThe ${SLOWEST} slowest tests:`);
for (const { seconds, name } of timed.toSorted((a, b) => b.seconds - a.seconds).slice(0, SLOWEST)) {
  console.log(`${seconds.toFixed(1).padStart(7)} s  ${name}`);
}
if (flaky.length > 0) console.log(`\nPassed on their second try only:\n${flaky.map((name) => `  ${name}`).join('\n')}`);
keepTotal(kind, total);
console.log(`\n${told(total)}`);
process.exitCode = total.failed > 0 ? 1 : 0;
