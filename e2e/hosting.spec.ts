import { readdirSync, readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test, type Page } from '@playwright/test';
import { preview } from 'vite';
import { staticHost } from './staticHost.ts';

/** The built app that `playwright.config.ts` has made and serves. */
const DIST = process.env['ANYSIZE_DIST'] ?? 'dist';

/** Opens the page and has it compute a vector. @returns errors of the page, which may still come */
async function expectVector(page: Page, url: string): Promise<string[]> {
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('response', (response) => {
    const own = response.url().startsWith(new URL(url).origin);
    if (own && response.status() >= 400) problems.push(`${response.status()} ${response.url()}`);
  });
  await page.goto(`${url}?backend=wasm`);
  await page.evaluate(() => window.anysize.ready);
  const length = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(70, 50);
    canvas.getContext('2d')?.fillRect(0, 0, 30, 30);
    return (await window.anysize.vector(await canvas.convertToBlob())).data.length;
  });
  expect(length).toBe(26_880);
  return problems;
}

test('the built app works under a sub-path of a host that sends none of our headers', async ({ page }) => {
  const { server, url } = await staticHost(DIST, '/people/me/anysize/');
  try {
    const problems = await expectVector(page, url);
    // The policy travels in the page where no header carries it.
    const inline = await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'window.ranInline = true';
      document.body.append(script);
      return 'ranInline' in window;
    });
    expect(inline).toBe(false);
    expect(problems).toEqual([]);
  } finally {
    server.close();
  }
});

test('`npm run preview -- --base /some/path/` serves the app there, with our headers', async ({ page }) => {
  const path = '/some/path/';
  const server = await preview({
    base: path,
    build: { outDir: DIST },
    preview: { host: '127.0.0.1', port: 0 },
    logLevel: 'silent',
  });
  try {
    const { port } = server.httpServer.address() as AddressInfo;
    const problems = await expectVector(page, `http://127.0.0.1:${port}${path}`);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    // The service worker and the manifest live under the path, and reach no further.
    for (const file of ['sw.js', 'manifest.webmanifest']) {
      expect((await page.request.get(`http://127.0.0.1:${port}${path}${file}`)).status()).toBe(200);
    }
    expect(problems).toEqual([]);
  } finally {
    await server.close();
  }
});

test('at most 150 kB of JavaScript, gzipped, before the first paint', () => {
  const html = readFileSync(join(DIST, 'index.html'), 'utf8');
  const first = [...html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.js)"/g)].map((match) => match[1] ?? '');
  expect(first.length).toBeGreaterThan(0);
  const bytes = first.reduce((sum, file) => sum + gzipSync(readFileSync(join(DIST, file))).length, 0);
  process.stdout.write(`JavaScript before the first paint: ${(bytes / 1000).toFixed(0)} kB gzipped\n`);
  expect(bytes).toBeLessThanOrEqual(150_000);
  // tfjs is not among them.
  for (const file of first) expect(readFileSync(join(DIST, file), 'utf8')).not.toContain('WEBGPU_CPU_FORWARD');
  expect(readdirSync(join(DIST, 'assets')).some((file) => file.startsWith('worker-'))).toBe(true);
});

test('what is not there answers 404, and the licences of what is shipped are there', async ({ request, baseURL }) => {
  for (const path of ['assets/none.js', 'models/none.bin', 'nowhere']) {
    expect((await request.get(`${baseURL}${path}`)).status(), path).toBe(404);
  }
  expect((await request.get(`${baseURL}`)).status()).toBe(200);
  expect(await (await request.get(`${baseURL}NOTICE.txt`)).text()).toContain('MobileNetV2');
  expect(await (await request.get(`${baseURL}LICENSE.txt`)).text()).toContain('Apache License');
  const others = await (await request.get(`${baseURL}THIRD-PARTY.txt`)).text();
  // Of the page, of each worker, and of the service worker.
  for (const name of ['react 19', 'comlink', '@tensorflow/tfjs-core', '@zip.js/zip.js', 'idb', 'workbox-core']) {
    expect(others).toContain(`\n${name}`);
  }
});
