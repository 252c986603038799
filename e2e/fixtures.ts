import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test as base, type Page } from '@playwright/test';
import type { AnysizeConsole } from '../src/client/consoleHandle.ts';

/** The folder of shared test images; tests that need it skip where it is missing. */
export const SHARED = resolve(process.env['ANYSIZE_SHARED'] ?? '../shared');
export const hasShared = existsSync(join(SHARED, 'images'));
export const NO_SHARED = 'the shared test images are not here (set ANYSIZE_SHARED)';

const LABELS_ADDRESS = 'https://storage.googleapis.com/tfjs-models/savedmodel/mobilenet_v2_1.0_224/';
const LABELS_HOSTS = /^https:\/\/(storage\.googleapis\.com|tfhub\.dev|www\.kaggle\.com)\//;

/** Serves the reference ImageNet model at the official address; without it the address answers nothing. */
export async function serveLabels(page: Page, available: boolean): Promise<void> {
  await page.context().route(LABELS_HOSTS, (route) => {
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

interface Options {
  /** Whether the official ImageNet model can be fetched. */
  labels: boolean;
}

/**
 * Every test fails on a console error, an unhandled rejection, or a request that leaves the page for anywhere but the
 * ImageNet model's address. (The browser itself logs a failed fetch of that optional model; only that line is let pass.)
 */
export const test = base.extend<Options & { watched: void }>({
  labels: [false, { option: true }],
  watched: [
    async ({ page, labels, baseURL }, use) => {
      const problems: string[] = [];
      page.on('console', (message) => {
        const optional =
          LABELS_HOSTS.test(message.location().url) && message.text().startsWith('Failed to load resource');
        if (message.type() === 'error' && !optional)
          problems.push(`console: ${message.text()} (${message.location().url})`);
      });
      page.on('pageerror', (error) => problems.push(`uncaught: ${error.message}`));
      page.context().on('request', (request) => {
        const url = request.url();
        const own = url.startsWith(baseURL ?? '') || url.startsWith('blob:') || url.startsWith('data:');
        if (!own && !LABELS_HOSTS.test(url)) problems.push(`request left the page: ${url}`);
      });
      await serveLabels(page, labels);
      await use();
      expect(problems).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
