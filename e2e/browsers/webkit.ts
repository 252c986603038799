import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { type OtherBrowser, programAt } from './OtherBrowser.ts';

/** Where Debian's packages libwebkit2gtk-4.1-0 and libwebkit2gtk-4.0-37 have their MiniBrowser, by architecture. */
const MINI_BROWSERS = ['x86_64', 'aarch64'].flatMap((machine) =>
  ['4.1', '4.0'].map((version) => `/usr/lib/${machine}-linux-gnu/webkit2gtk-${version}/MiniBrowser`),
);

/** WebKitGTK's driver and browser, and a screen for it: null where one of them is not there. */
export const webkitPaths = (() => {
  const driver = programAt('WebKitWebDriver');
  const browser = programAt('MiniBrowser', MINI_BROWSERS);
  const screen = programAt('Xvfb');
  return driver && browser && screen ? { driver, browser, screen } : null;
})();

const DRIVER_STARTS_MS = 20_000;

/** Starts a screen on the next free number and answers it. */
async function startScreen(path: string): Promise<{ screen: ChildProcess; display: string }> {
  const args = ['-displayfd', '3', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'];
  const screen = spawn(path, args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const numbers = screen.stdio[3];
  if (!numbers || !('pipe' in numbers)) throw new Error('no answer from Xvfb');
  for await (const line of createInterface({ input: numbers as NodeJS.ReadableStream })) {
    return { screen, display: `:${line.trim()}` };
  }
  throw new Error('Xvfb ended before it had a screen');
}

/** Starts MiniBrowser on a screen of its own, driven by W3C WebDriver over HTTP, with nothing kept of earlier visits. */
export async function startWebkit(paths: NonNullable<typeof webkitPaths>, port: number): Promise<OtherBrowser> {
  const { screen, display } = await startScreen(paths.screen);
  // In the language C, as on a bare machine.
  const env = { ...process.env, DISPLAY: display, LANG: 'C', LC_ALL: 'C', WEBKIT_DISABLE_COMPOSITING_MODE: '1' };
  const driver = spawn(paths.driver, [`--port=${port}`], { env, stdio: 'ignore' });
  const stop = () => {
    driver.kill();
    screen.kill();
  };
  const ask = async <Result>(method: string, path: string, body?: object): Promise<Result> => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      ...(body && { body: JSON.stringify(body) }),
    });
    const { value } = (await answer.json()) as { value: Result & { message?: string } };
    if (!answer.ok) throw new Error(value.message ?? `WebDriver: ${answer.status}`);
    return value;
  };
  try {
    await untilAnswered(port);
    const binary = { binary: paths.browser, args: ['--automation'] };
    const capabilities = { alwaysMatch: { 'webkitgtk:browserOptions': binary } };
    const { sessionId } = await ask<{ sessionId: string }>('POST', '/session', { capabilities });
    const session = `/session/${sessionId}`;
    await ask('POST', `${session}/timeouts`, { script: 300_000, pageLoad: 60_000 });
    return {
      open: (address) => ask('POST', `${session}/url`, { url: address }),
      async run<Given, Result>(what: (given: Given) => Result | Promise<Result>, given: Given) {
        const script = `const [given, done] = arguments;
          Promise.resolve(given).then(${what.toString()}).then((value) => done({ value }), (error) => done({ error: String(error) }));`;
        const answer = await ask<{ value: Result; error?: string }>('POST', `${session}/execute/async`, {
          script,
          args: [given ?? null],
        });
        if (answer.error !== undefined) throw new Error(answer.error);
        return answer.value;
      },
      async close() {
        await ask('DELETE', session).catch(() => {});
        stop();
      },
    };
  } catch (error) {
    stop();
    throw error;
  }
}

async function untilAnswered(port: number): Promise<void> {
  const until = Date.now() + DRIVER_STARTS_MS;
  for (;;) {
    try {
      await fetch(`http://127.0.0.1:${port}/status`);
      return;
    } catch (error) {
      if (Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
