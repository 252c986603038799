import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright';

/** Ticks a second of /proc, on every Linux of today. */
const TICKS = 100;

/** Seconds of processor time that the busiest of a browser's renderers has had since its start, its workers' included. Null where there is no /proc. */
export async function processorSeconds(browser: Browser): Promise<number | null> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const seconds = processInfo.flatMap(({ type, id }) => {
    if (type !== 'renderer') return [];
    try {
      // proc(5): utime and stime are the 14th and 15th fields; the second, in brackets, may hold spaces.
      const fields = readFileSync(`/proc/${id}/stat`, 'utf8')
        .replace(/^.*\) /, '')
        .split(' ');
      return [(Number(fields[11]) + Number(fields[12])) / TICKS];
    } catch {
      return [];
    }
  });
  return seconds.length > 0 ? Math.max(...seconds) : null;
}
