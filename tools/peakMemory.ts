import { readFileSync, writeFileSync } from 'node:fs';
import type { Browser } from 'playwright';

/** Process ids of a browser's renderers: a page and its workers share one. */
async function renderers(browser: Browser): Promise<number[]> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
}

/**
 * The most memory, in bytes, that each of a browser's renderer processes ever had resident (Linux's VmHWM), or had since {@link resetPeakMemory}.
 * It counts what no script sees, such as decoded pictures. Null where there is no /proc.
 */
export async function peakMemory(browser: Browser): Promise<number | null> {
  const peaks = (await renderers(browser))
    .map((id) => {
      try {
        const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${id}/status`, 'utf8')) ?? [];
        return Number(kilobytes) * 1024;
      } catch {
        return Number.NaN;
      }
    })
    .filter((peak) => peak > 0);
  return peaks.length ? Math.max(...peaks) : null;
}

/** Lets peaks begin anew from what is resident now (proc(5), clear_refs: 5); where Linux does not allow it they stay those since the start. */
export async function resetPeakMemory(browser: Browser): Promise<void> {
  for (const id of await renderers(browser)) {
    try {
      writeFileSync(`/proc/${id}/clear_refs`, '5');
    } catch {
      // No such file, or not ours to write.
    }
  }
}
