/** What the runners' JSON reports say: counts, the seconds of each test, and which passed on their second try only. */

/** Of vitest. */
export function vitestReport({ numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults }) {
  return {
    counts: { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests },
    timed: testResults.flatMap(({ name, assertionResults }) =>
      assertionResults.map(({ title, duration }) => ({
        seconds: (duration ?? 0) / 1000,
        name: `${name.split(/[\\/]/).at(-1)} › ${title}`,
      })),
    ),
    flaky: [],
  };
}

/** Of Playwright. */
export function playwrightReport({ stats, suites }) {
  const tests = suites.flatMap(testsOf);
  return {
    counts: { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped },
    timed: tests,
    flaky: tests.filter(({ status }) => status === 'flaky').map(({ name }) => name),
  };
}

function testsOf({ specs = [], suites = [] }) {
  const own = specs.flatMap(({ file, title, tests }) =>
    tests.map(({ status, results }) => ({
      status,
      seconds: results.reduce((sum, { duration }) => sum + duration, 0) / 1000,
      name: `${file} › ${title}`,
    })),
  );
  return [...own, ...suites.flatMap(testsOf)];
}
