import { launch } from 'puppeteer-core';
import { type OtherBrowser, programAt } from './OtherBrowser.ts';

/** Debian's Firefox, or another: null where there is none. */
export const firefoxPath = programAt('firefox-esr') ?? programAt('firefox');

/** Starts Firefox, driven over WebDriver BiDi, with a fresh profile. */
export async function startFirefox(path: string): Promise<OtherBrowser> {
  const browser = await launch({ browser: 'firefox', executablePath: path, headless: true, protocolTimeout: 300_000 });
  const page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 800 });
  return {
    open: async (address) => void (await page.goto(address)),
    run: async <Given, Result>(what: (given: Given) => Result | Promise<Result>, given: Given) =>
      (await page.evaluate(`(${what.toString()})(${JSON.stringify(given) ?? ''})`)) as Result,
    close: () => browser.close(),
  };
}
