import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { Browser } from 'playwright';

/** Ticks a second of /proc, on every Linux of today. */
const TICKS = 100;

/** Seconds of processor time that the busiest of a browser's renderers has had since its start, its workers' included. Null where there is no /proc. */
export function processorSeconds(browser: Browser): Promise<number | null> {
  return busiest(browser, (id) => {
    // proc(5): utime and stime are the 14th and 15th fields; the second, in brackets, may hold spaces.
    const fields = readFileSync(`/proc/${id}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    return (Number(fields[11]) + Number(fields[12])) / TICKS;
  });
}

/** The same to the nanosecond, of the threads that live: for stretches in which none ends. */
export function threadSeconds(browser: Browser): Promise<number | null> {
  return busiest(browser, (id) => {
    const threads = readdirSync(`/proc/${id}/task`);
    return threads.reduce((sum, thread) => sum + threadNanoseconds(`/proc/${id}/task/${thread}/schedstat`), 0) / 1e9;
  });
}

/** @throws where the kernel tells nothing; a thread that ended meanwhile counts as 0 */
function threadNanoseconds(path: string): number {
  try {
    return Number(readFileSync(path, 'utf8').split(' ')[0]);
  } catch (error) {
    if (existsSync('/proc/self/schedstat')) return 0;
    throw error;
  }
}

async function busiest(browser: Browser, secondsOf: (id: number) => number): Promise<number | null> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const seconds = processInfo.flatMap(({ type, id }) => {
    if (type !== 'renderer') return [];
    try {
      return [secondsOf(id)];
    } catch {
      return [];
    }
  });
  return seconds.length > 0 ? Math.max(...seconds) : null;
}

/** Who had the processors, seconds since the browser's start. */
export interface ProcessorShares {
  /** The threads of dedicated workers, each its own. */
  workers: { id: number; ran: number; waited: number }[];
  /** All other threads of all of its processes. */
  rest: number;
}

/** Processor time of a browser's workers and of all else in it, by thread; null where there is no /proc. */
export async function processorShares(browser: Browser): Promise<ProcessorShares | null> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const shares: ProcessorShares = { workers: [], rest: 0 };
  for (const { id: process } of processInfo) {
    const threads = orNone(() => readdirSync(`/proc/${process}/task`)) ?? [];
    for (const thread of threads) {
      const of = `/proc/${process}/task/${thread}`;
      // Nanoseconds on a processor, and ready but without one (Documentation/scheduler/sched-stats).
      const times = orNone(() => readFileSync(`${of}/schedstat`, 'utf8'));
      const name = orNone(() => readFileSync(`${of}/comm`, 'utf8'));
      if (times === null || name === null) continue;
      const [ran = 0, waited = 0] = times.split(' ').map((time) => Number(time) / 1e9);
      if (name.startsWith('DedicatedWorker')) shares.workers.push({ id: Number(thread), ran, waited });
      else shares.rest += ran;
    }
  }
  return existsSync('/proc/self/schedstat') ? shares : null;
}

/** Null where it cannot be read: threads end. */
function orNone<Result>(read: () => Result): Result | null {
  try {
    return read();
  } catch {
    return null;
  }
}
