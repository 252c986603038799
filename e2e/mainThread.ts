import type { Page } from '@playwright/test';
import { expect } from './fixtures.ts';

/** No task of the page's main thread may take longer, in milliseconds of the thread's own time. */
export const LONGEST_TASK = 50;

/** What {@link paceOf} finds on the machine that the limit is meant for: two idle cores of a server of 2024. */
const REFERENCE_MS = 10;

/** Tasks as long as this are told what they did. */
const TELL_FROM = 15;

interface MainThreadTask {
  /** Processor time of the thread, milliseconds: other work on the machine hardly stretches it. */
  cpu: number;
  /** What took most of it, for people: trace events and their milliseconds, the longest first. */
  what: string;
}

/** Of Chromium's trace format; times are microseconds, `tdur` that of the thread's clock. */
interface TraceEvent {
  ph: string;
  name: string;
  pid: number;
  tid: number;
  ts: number;
  dur?: number;
  tdur?: number;
  args: {
    data?: { url?: string; functionName?: string; type?: string };
    chrome_mojo_event_info?: { mojo_interface_tag?: string };
  };
}

const CATEGORIES = ['disabled-by-default-devtools.timeline', 'devtools.timeline', 'blink.user_timing', 'toplevel'];
/** Whose messages are those of the test: finding things by role computes the names of all that stands in the page, in its thread. */
const OF_THE_TEST = 'blink.mojom.DevToolsSession';
const MARK = 'anysize-main-thread';

/**
 * Fails where a task of the page's main thread takes longer than `limit` milliseconds of processor time while `flow` runs. On a
 * slower machine, or beside other work on the same core, the limit grows by what a fixed piece of work takes longer there.
 */
export async function expectShortTasks(
  page: Page,
  name: string,
  flow: () => Promise<void>,
  limit = LONGEST_TASK,
): Promise<void> {
  const before = await paceOf(page);
  const tasks = (await mainThreadTasks(page, flow)).toSorted((a, b) => b.cpu - a.cpu);
  const slowness = Math.max(1, before / REFERENCE_MS, (await paceOf(page)) / REFERENCE_MS);
  // Else nothing was measured.
  expect(tasks.length, `tasks during: ${name}`).toBeGreaterThan(10);
  const [longest] = tasks;
  const told = `longest task of ${tasks.length} ${longest?.cpu.toFixed(0)} ms (${longest?.what})`;
  process.stdout.write(`${name}: ${told}; the machine takes ${slowness.toFixed(2)} times as long as it should\n`);
  const allowed = limit * slowness;
  const long = tasks.filter(({ cpu }) => cpu > allowed).map(({ cpu, what }) => `${cpu.toFixed(0)} ms: ${what}`);
  expect(long, `tasks over ${allowed.toFixed(0)} ms during: ${name}`).toEqual([]);
}

/** Milliseconds that a fixed piece of work takes on the page's main thread: the median of eleven. */
function paceOf(page: Page): Promise<number> {
  return page.evaluate(() => {
    const times = Array.from({ length: 11 }, (_, k) => {
      const from = performance.now();
      let x = k;
      for (let i = 0; i < 8e6; i++) x = Math.imul(x ^ i, 2_654_435_761);
      return performance.now() - from + (x === 0 ? 1 : 0);
    });
    return times.toSorted((a, b) => a - b)[5] ?? 0;
  });
}

async function mainThreadTasks(page: Page, flow: () => Promise<void>): Promise<MainThreadTask[]> {
  const browser = page.context().browser();
  if (!browser) throw new Error('The page has no browser to trace.');
  // Its event tells the thread: other renderers that a browser keeps, and workers, have tasks too.
  const mark = () => page.evaluate((name) => void performance.mark(name), MARK);
  await browser.startTracing(page, { categories: CATEGORIES });
  let trace: Buffer;
  try {
    await mark();
    await flow();
    await mark();
  } finally {
    trace = await browser.stopTracing();
  }
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] };
  return tasksOf(traceEvents);
}

function tasksOf(events: readonly TraceEvent[]): MainThreadTask[] {
  const thread = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`;
  const main = new Set(events.filter(({ name }) => name === MARK).map(thread));
  const timed = events.filter((event) => event.ph === 'X' && main.has(thread(event)));
  const asked = timed.filter(({ args }) => args.chrome_mojo_event_info?.mojo_interface_tag === OF_THE_TEST);
  const tasks = timed.filter(
    ({ name, ts, dur = 0 }) =>
      name === 'RunTask' && !asked.some((message) => message.ts >= ts && message.ts <= ts + dur),
  );
  return tasks.map((task) => {
    const cpu = (task.tdur ?? 0) / 1000;
    return { cpu, what: cpu < TELL_FROM ? '' : contentOf(task, timed) };
  });
}

function contentOf({ ts, dur = 0 }: TraceEvent, events: readonly TraceEvent[]): string {
  const inside = events.filter((event) => event.ts >= ts && event.ts + (event.dur ?? 0) <= ts + dur);
  const parts = inside
    .filter(({ name, tdur = 0 }) => !name.endsWith('RunTask') && tdur > 2000)
    .sort((a, b) => (b.tdur ?? 0) - (a.tdur ?? 0))
    .map(({ name, tdur = 0, args: { data = {} } }) => {
      const { type, functionName, url } = data;
      return [name, type, functionName, url?.split('/').at(-1), (tdur / 1000).toFixed(0)].filter(Boolean).join(' ');
    });
  return parts.slice(0, 6).join(', ') || 'of the browser itself';
}
