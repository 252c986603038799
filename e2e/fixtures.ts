import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type BrowserContext, expect, test as base, type Page } from '@playwright/test';
import type { AnysizeConsole } from '../src/client/consoleHandle.ts';

/** The folder of shared test images; tests that need it skip where it is missing. */
export const SHARED = resolve(process.env['ANYSIZE_SHARED'] ?? '../shared');
export const hasShared = existsSync(join(SHARED, 'images'));
export const NO_SHARED = 'the shared test images are not here (set ANYSIZE_SHARED)';

/** For tests that are long by repetition or size; `npm run test:long` runs these, `npm test` all others. */
export const LONG = { tag: '@long' } as const;

const LABELS_ADDRESS = 'https://storage.googleapis.com/tfjs-models/savedmodel/mobilenet_v2_1.0_224/';
const LABELS_HOSTS = /^https:\/\/(storage\.googleapis\.com|tfhub\.dev|www\.kaggle\.com)\//;

/** Serves the reference ImageNet model at the official address; without it the address answers nothing. */
export async function serveLabels(context: BrowserContext, available: boolean): Promise<void> {
  await context.route(LABELS_HOSTS, (route) => {
    const url = route.request().url();
    const file = join(SHARED, 'models/reference', url.slice(LABELS_ADDRESS.length));
    if (available && url.startsWith(LABELS_ADDRESS) && existsSync(file)) {
      return route.fulfill({ path: file, headers: { 'access-control-allow-origin': '*' } });
    }
    return route.abort('internetdisconnected');
  });
}

/** The handle under test; importing its module's type brings `window.anysize` along. */
export type Handle = AnysizeConsole;

/** Opens the page with its engine on a backend, and waits until it runs there. In Projects: the empty Classify tab has photos of its own at work. */
export async function openEngine(page: Page, backend: string): Promise<void> {
  await page.goto(`./?backend=${backend}#projects`);
  await page.evaluate(() => window.anysize.ready);
  expect(await page.evaluate(() => window.anysize.backend)).toBe(backend);
}

/**
 * Collects console errors, unhandled rejections, and requests that leave the page, but for the ImageNet model's address where it is asked for.
 * (The browser itself logs a failed fetch of that optional model; only that line is let pass.)
 */
function watch(page: Page, baseURL: string, problems: string[], asked = true): void {
  page.on('console', (message) => {
    const optional = LABELS_HOSTS.test(message.location().url) && message.text().startsWith('Failed to load resource');
    if (message.type() === 'error' && !optional)
      problems.push(`console: ${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => problems.push(`uncaught: ${error.message}`));
  page.context().on('request', (request) => {
    const url = request.url();
    const own = url.startsWith(baseURL) || url.startsWith('blob:') || url.startsWith('data:');
    if (!own && !(asked && LABELS_HOSTS.test(url))) problems.push(`request left the page: ${url}`);
  });
}

interface Options {
  /**
   * Whether the ImageNet labels were chosen on an earlier visit, and whether they can be fetched then. Unasked, any request that leaves the
   * origin fails the test.
   */
  imagenet: 'unasked' | 'available' | 'unavailable';
}

/** What the page keeps once a person has chosen the ImageNet labels. */
export const IMAGENET_CHOSEN = { head: 'imagenet', looks: 2 };

type Backend = 'wasm' | 'webgpu' | 'cpu';

/** What the page itself does with photos. At the default size one takes WebGPU in software many seconds. */
const SETTINGS: Partial<Record<Backend, object>> = {
  webgpu: { head: 'none', policy: { kind: 'native', maxPixels: 1_000_000 } },
};

interface OpenEngine {
  page: Page;
  problems: string[];
}

interface TestFixtures {
  /**
   * A page whose engine runs on this backend, opened once for all tests of a Playwright worker, which only use `window.anysize`: starting
   * WebGPU in software takes many seconds. Labels are there if the shared files are. A test leaves the page as it was;
   * those that do not share one of another `name`.
   */
  engine: (backend: Backend, name?: string) => Promise<Page>;
}

/** Every test fails on what {@link watch} collects, in `page` and in `engine`. */
export const test = base.extend<
  Options & TestFixtures,
  { engines: (backend: Backend, name: string) => Promise<OpenEngine> }
>({
  imagenet: ['unasked', { option: true }],
  page: async ({ page, imagenet, baseURL }, use) => {
    const problems: string[] = [];
    watch(page, baseURL ?? '', problems, imagenet !== 'unasked');
    await serveLabels(page.context(), imagenet === 'available');
    if (imagenet !== 'unasked') {
      await page.addInitScript((chosen) => {
        const kept = localStorage.getItem('anysize.settings');
        if (kept === null) localStorage.setItem('anysize.settings', JSON.stringify(chosen));
      }, IMAGENET_CHOSEN);
    }
    await use(page);
    expect(problems).toEqual([]);
  },
  engines: [
    async ({ browser }, use, info) => {
      const opened = new Map<string, Promise<OpenEngine>>();
      const baseURL = info.project.use.baseURL ?? '';
      const openOn = async (backend: Backend) => {
        const context = await browser.newContext({ baseURL, serviceWorkers: 'block' });
        await serveLabels(context, true);
        const settings = JSON.stringify(SETTINGS[backend] ?? {});
        await context.addInitScript((text) => localStorage.setItem('anysize.settings', text), settings);
        const page = await context.newPage();
        const problems: string[] = [];
        watch(page, baseURL, problems);
        await openEngine(page, backend);
        return { page, problems };
      };
      await use((backend, name) => {
        const engine = opened.get(backend + name) ?? openOn(backend);
        opened.set(backend + name, engine);
        return engine;
      });
      for (const engine of opened.values()) await (await engine).page.context().close();
    },
    { scope: 'worker' },
  ],
  engine: async ({ engines }, use, info) => {
    // The first test that uses a page waits for it.
    info.setTimeout(info.timeout + 120_000);
    const used: OpenEngine[] = [];
    await use(async (backend, name = '') => {
      const engine = await engines(backend, name);
      used.push(engine);
      return engine.page;
    });
    expect(used.flatMap(({ problems }) => problems.splice(0))).toEqual([]);
  },
});

export { expect };
