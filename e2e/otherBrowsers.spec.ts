/** The page in browsers that are not Chromium: from a photo to a classifier that was trained there, is there after a reload, and leaves as a file. */
import { expect, test } from '@playwright/test';
import { firefoxPath, startFirefox } from './browsers/firefox.ts';
import type { OtherBrowser } from './browsers/OtherBrowser.ts';
import { startWebkit, webkitPaths } from './browsers/webkit.ts';
import { LONG } from './fixtures.ts';

const BROWSERS: { name: string; missing: string | null; start: (port: number) => Promise<OtherBrowser> }[] = [
  {
    name: 'Firefox',
    missing: firefoxPath ? null : 'there is no Firefox here (Debian: firefox-esr)',
    start: () => startFirefox(firefoxPath ?? ''),
  },
  {
    name: 'WebKit',
    missing: webkitPaths ? null : 'there is no WebKitGTK here (Debian: webkit2gtk-driver and xvfb)',
    start: (port) => {
      if (!webkitPaths) throw new Error('no WebKitGTK');
      return startWebkit(webkitPaths, port);
    },
  },
];

interface Wanted {
  selector: string;
  text: string;
}

/** Text and name of the elements that a selector finds, of which the first that fits is wanted. */
const find = ({ selector, text }: Wanted): string | null => {
  const told = [...document.querySelectorAll(selector)].map((element) =>
    `${element.getAttribute('aria-label') ?? ''} ${element.textContent ?? ''}`.trim(),
  );
  return told.find((words) => new RegExp(text).test(words)) ?? null;
};

/** Presses the first element that fits. */
const press = ({ selector, text }: Wanted): boolean => {
  const element = [...document.querySelectorAll<HTMLButtonElement>(selector)].find(
    (each) =>
      new RegExp(text).test(`${each.getAttribute('aria-label') ?? ''} ${each.textContent ?? ''}`.trim()) &&
      !each.disabled,
  );
  element?.dispatchEvent(new MouseEvent('mousedown', { bubbles: true, cancelable: true, button: 0 }));
  element?.click();
  return element !== undefined;
};

for (const { name, missing, start } of BROWSERS)
  test(
    `${name}: a photo and its pyramid, the example trained, a reload, an exported file`,
    LONG,
    async ({ baseURL }, info) => {
      test.skip(missing !== null, missing ?? '');
      test.setTimeout(420_000);
      const began = Date.now();
      const browser = await start(4500 + info.workerIndex);
      const seen = (selector: string, text: string, timeout = 60_000) =>
        expect.poll(() => browser.run(find, { selector, text }), { timeout, message: text }).not.toBeNull();
      const pressed = (selector: string, text: string) =>
        expect.poll(() => browser.run(press, { selector, text }), { timeout: 30_000, message: text }).toBe(true);
      try {
        await browser.open(baseURL ?? '');
        const backend = await browser.run(async () => {
          const problems: string[] = [];
          Object.assign(window, { problems });
          addEventListener('error', ({ message }) => problems.push(message));
          addEventListener('unhandledrejection', ({ reason }) => problems.push(String(reason)));
          await window.anysize.ready;
          return window.anysize.backend;
        }, null);
        expect(['wasm', 'webgpu']).toContain(backend);

        await browser.run(async () => {
          const photo = await (await fetch('samples/cat.jpg')).blob();
          const files = new DataTransfer();
          files.items.add(new File([photo], 'animal.jpg', { type: photo.type }));
          const input = document.querySelector<HTMLInputElement>('input[type=file]');
          if (!input) throw new Error('no way to choose photos');
          input.files = files.files;
          input.dispatchEvent(new Event('change', { bubbles: true }));
        }, null);
        await seen('[role=option][data-status=done]', 'cat');
        await seen('[role=grid]', '4 ?× ?4');

        await browser.run(() => void (location.hash = '#finetune'), null);
        await pressed('button', 'built-in example');
        await seen('[role=status]', 'Right on \\d+ of \\d+ photos it had never seen', 240_000);
        await expect
          .poll(() => browser.run(() => document.documentElement.dataset['keeping'], null), { timeout: 60_000 })
          .toBe('kept');
        expect(await browser.run(() => (window as unknown as { problems: string[] }).problems, null)).toEqual([]);

        await browser.open('about:blank');
        await browser.open(`${baseURL}#finetune`);
        await seen('*', 'in use in Classify');
        await pressed('[role=tab]', '^Results');
        await browser.run(() => {
          const saved: { name: string; blobs: Blob[] } = { name: '', blobs: [] };
          Object.assign(window, { saved });
          const original = URL.createObjectURL.bind(URL);
          URL.createObjectURL = (of: Blob | MediaSource) => {
            if (of instanceof Blob) saved.blobs.push(of);
            return original(of);
          };
          HTMLAnchorElement.prototype.click = function click() {
            if (this.download) saved.name = this.download;
          };
        }, null);
        await pressed('button', '^Download the recommended file');
        const file = () =>
          browser.run(async () => {
            const { name, blobs } = (window as unknown as { saved: { name: string; blobs: Blob[] } }).saved;
            const blob = blobs.at(-1);
            if (!name || !blob) return null;
            return { name, bytes: blob.size, start: [...new Uint8Array(await blob.slice(0, 4).arrayBuffer())] };
          }, null);
        await expect.poll(file, { timeout: 60_000 }).not.toBeNull();
        const saved = await file();
        process.stdout.write(
          `${name} on ${backend}: ${saved?.name}, ${saved?.bytes} bytes, after ${((Date.now() - began) / 1000).toFixed(0)} s\n`,
        );
        expect(saved?.bytes).toBeGreaterThan(10_000);
      } finally {
        await browser.close();
      }
    },
  );
