/** The longest piece of long work in one go, milliseconds: with what the page draws beside it, far below the 50 that are felt. */
const SLICE_MS = 10;

/** Goes on in a task of its own, so that the page can draw and answer before. */
export function nextTask(): Promise<void> {
  // Where there is one: unlike a timer it waits for no other work of this page that came later.
  const { scheduler } = globalThis as { scheduler?: Partial<Scheduler> };
  return scheduler?.yield?.() ?? new Promise((resolve) => void setTimeout(resolve));
}

/** Cuts long work into tasks: awaited between two items, it lets the page go on whenever a slice is used up. */
export function breather(): () => Promise<void> | undefined {
  let since = performance.now();
  return () => {
    if (performance.now() - since < SLICE_MS) return undefined;
    return nextTask().then(() => {
      since = performance.now();
    });
  };
}
