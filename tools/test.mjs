/**
 * `npm test`: installs what is missing (Chromium too), then types, lint, unit tests, kernel tests on WebGPU in Chromium,
 * end-to-end tests. All stages run even when one fails; the last line counts them together.
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { checkNode, installChromium, installPackages, root, run } from './install.mjs';

const reports = `${root}test-results/reports`;
const total = { passed: 0, failed: 0, skipped: 0 };

function add(name, counts) {
  for (const key of Object.keys(total)) total[key] += counts[key];
  console.log(`\n${name}: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`);
}

/** A stage that passes or fails as one. */
function check(name, args) {
  const ok = run('npm', ['run', '--silent', name, ...args]) === 0;
  add(name, { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 });
}

/** A stage whose runner writes a JSON report; a runner that fails without one, or without a failed test, is a failure. */
function suite(name, args, env, read) {
  const file = `${reports}/${name}.json`;
  const code = run('npm', ['run', '--silent', name, '--', ...args(file)], env(file));
  const counts = existsSync(file) ? read(JSON.parse(readFileSync(file, 'utf8'))) : { passed: 0, failed: 0, skipped: 0 };
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
  add(name, counts);
}

function vitest(name) {
  suite(
    name,
    (file) => ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
    () => ({}),
    (report) => ({
      passed: report.numPassedTests,
      failed: report.numFailedTests,
      skipped: report.numPendingTests + report.numTodoTests,
    }),
  );
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
check('types', []);
check('lint', []);
vitest('unit');
vitest('slow');
vitest('kernels');
suite(
  'e2e',
  () => ['--reporter=list,json'],
  (file) => ({ PLAYWRIGHT_JSON_OUTPUT_NAME: file }),
  ({ stats }) => {
    if (stats.flaky > 0) console.log(`\n${stats.flaky} end-to-end tests passed on their second try only.`);
    return { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped };
  },
);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed > 0 ? 1 : 0);
