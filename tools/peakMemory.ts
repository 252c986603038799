import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright';

/**
 * The most memory, in bytes, that each of a browser's renderer processes ever had resident (Linux's VmHWM): a page and its workers share one.
 * It counts what no script sees, such as decoded pictures. Null where there is no /proc.
 */
export async function peakMemory(browser: Browser): Promise<number | null> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const peaks = processInfo
    .filter(({ type }) => type === 'renderer')
    .map(({ id }) => {
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
