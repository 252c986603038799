import { defineConfig } from '@playwright/test';
import { browserLaunch } from './tools/browser.ts';

const port = Number(process.env['ANYSIZE_PORT'] ?? 4199);
/** `npm run test:long`: what is long by repetition or size, and only that. */
const long = process.env['ANYSIZE_LONG'] === '1';

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results/e2e',
  timeout: 120_000,
  expect: { timeout: 30_000 },
  ...(long ? { grep: /@long/ } : { grepInvert: /@long/ }),
  // Test by test, not file by file: the last worker is not left alone with a whole file.
  fullyParallel: true,
  workers: 2,
  // A machine that other work shares can starve a page for seconds; what needed another try is said at the end.
  retries: process.env['CI'] ? 2 : 0,
  forbidOnly: Boolean(process.env['CI']),
  use: {
    baseURL: `http://127.0.0.1:${port}/`,
    viewport: { width: 1280, height: 800 },
    // A service worker would answer requests behind the tests' back; the offline test allows it.
    serviceWorkers: 'block',
    actionTimeout: 20_000,
    launchOptions: browserLaunch(),
    // A trace of every test costs an eighth of the time: `npm run e2e -- NAME --trace on` where one is wanted.
    trace: 'on-first-retry',
    screenshot: 'only-on-failure',
  },
  webServer: {
    // `npm test` has built the page already.
    command: `${process.env['ANYSIZE_BUILT'] === '1' ? '' : 'npm run build -- --logLevel warn && '}npm run preview -- --host 127.0.0.1 --port ${port} --strictPort`,
    url: `http://127.0.0.1:${port}/`,
    reuseExistingServer: Boolean(process.env['ANYSIZE_PORT']),
    timeout: 180_000,
  },
});
