/**
 * `npm run bench [-- name [part …] …]`: runs bench/<name>.bench.ts (all of them without a name), or some of its parts, in headless
 * Chromium on the WebGPU adapter at hand and prints their tables. Exits with 1 when a target is missed, 2 when a bench failed.
 * `--report` keeps what they measured and writes docs/performance.md anew; without a name: page, decode, workers and growth.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { createServer } from 'vite';
import { browserLaunch } from '../tools/browser.ts';
import { processorSeconds, processorShares, threadSeconds } from '../tools/processorTime.ts';
import { peakMemory, resetPeakMemory } from '../tools/peakMemory.ts';
import { keepPerformance, machineWords } from './performance.ts';
import { renderTable } from './table.ts';

const PORT = 5312;
const root = fileURLToPath(new URL('..', import.meta.url));

const present = readdirSync(new URL('.', import.meta.url))
  .filter((file) => file.endsWith('.bench.ts'))
  .map((file) => file.slice(0, -'.bench.ts'.length));
const report = process.argv.includes('--report');
const given = process.argv.slice(2).filter((word) => word !== '--report');
const words = given.length > 0 ? given : report ? ['page', 'decode', 'workers', 'growth'] : present;
const wanted: { name: string; parts: string[] }[] = [];
for (const word of words) {
  const last = wanted.at(-1);
  if (present.includes(word)) wanted.push({ name: word, parts: [] });
  else if (last) last.parts.push(word);
  else {
    console.error(`no such bench: ${word}; there are: ${present.join(', ')}`);
    process.exit(2);
  }
}

const server = await createServer({
  root,
  configFile: false,
  logLevel: 'warn',
  server: {
    port: PORT,
    // Isolated pages get clocks of 5 µs instead of 100 µs.
    headers: { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' },
    hmr: false,
    watch: null,
  },
  // A worker fetches it when its turn comes; found that late, it would be prepared anew under the feet of who waits for it.
  optimizeDeps: {
    entries: ['bench/*.bench.ts', 'src/bench/benchWorker.ts', 'src/worker/worker.ts'],
    exclude: ['onnxruntime-web/wasm', 'onnxruntime-web/webgpu'],
  },
  cacheDir: 'node_modules/.vite-bench',
});
await server.listen();
const browser = await chromium.launch(browserLaunch('whole'));
let missed = 0;
let failed = 0;
try {
  for (const { name, parts } of wanted) {
    const page = await browser.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') console.error(`  [page] ${message.text()}`);
    });
    await page.exposeFunction('benchProgress', (text: string) => console.error(`  ${text}`));
    await page.exposeFunction('benchPeakMemory', () => peakMemory(browser));
    await page.exposeFunction('benchResetPeak', () => resetPeakMemory(browser));
    await page.exposeFunction('benchProcessorSeconds', () => processorSeconds(browser));
    await page.exposeFunction('benchThreadSeconds', () => threadSeconds(browser));
    await page.exposeFunction('benchProcessorShares', () => processorShares(browser));
    // Photos that are not in the project: ANYSIZE_SHARED names the folder that holds them. A folder answers with the names in it.
    const shared = resolve(process.env['ANYSIZE_SHARED'] ?? join(root, '../shared'));
    const serve = (prefix: string, folder: string) =>
      page.route(`**/${prefix}/**`, (route) => {
        const [, name = ''] = decodeURIComponent(new URL(route.request().url()).pathname).split(`/${prefix}/`);
        const path = join(shared, folder, join('/', name));
        if (!existsSync(path)) return route.fulfill({ status: 404 });
        return statSync(path).isDirectory() ? route.fulfill({ json: readdirSync(path) }) : route.fulfill({ path });
      });
    await serve('bench-flowers', 'datasets/flowers');
    await serve('bench-shared', '.');
    // Large images are not in the project: ANYSIZE_SHARED names the folder that holds images/hostile.
    await page.route('**/bench-image/*', (route) => {
      const shared = resolve(process.env['ANYSIZE_SHARED'] ?? join(root, '../shared'));
      return route.fulfill({ path: join(shared, 'images/hostile', basename(route.request().url())) });
    });
    await page.goto(`${server.resolvedUrls?.local[0] ?? `http://localhost:${PORT}/`}bench/page.html`);
    await page.waitForFunction(() => 'runBench' in window);
    console.log(`bench ${[name, ...parts].join(' ')}\n`);
    const machine = machineWords(browser.version());
    try {
      const tables = await page.evaluate(([bench, asked]) => window.runBench(bench, asked), [name, parts] as const);
      if (report) keepPerformance(join(root, 'docs'), name, machine, tables, parts.length > 0);
      for (const table of tables) {
        console.log(renderTable(table));
        missed += table.rows.filter(({ target }) => target && !target.met).length;
      }
    } catch (error) {
      failed++;
      console.error(error instanceof Error ? error.message : error);
    }
    await page.close();
  }
} finally {
  await browser.close();
  await server.close();
}
// What is generated is in the repository, where everything is formatted.
if (report) spawnSync('npx', ['oxfmt', 'docs'], { cwd: root, stdio: 'ignore' });
if (missed) console.log(`${missed} targets missed`);
process.exitCode = failed ? 2 : missed ? 1 : 0;
