let asked = false;
let refused = false;

/**
 * Asks the browser not to clear what is kept here when space runs short.
 * @returns whether it has agreed; false too where it cannot be asked
 */
export async function askToKeep(): Promise<boolean> {
  asked = true;
  const granted = await Promise.resolve(navigator.storage?.persist?.()).catch(() => false);
  refused = granted !== true;
  return !refused;
}

/** Asks once a visit; the Projects tab tells the answer, and asks again for who wants to. */
export function askToKeepOnce(): void {
  if (!asked) void askToKeep();
}

/** Whether the browser was asked in this visit and did not agree. */
export function wasRefused(): boolean {
  return refused;
}
