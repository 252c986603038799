let asked = false;

/** Asks the browser, once a visit, not to clear what is kept here when space runs short. */
export function askToPersist(): void {
  if (asked) return;
  asked = true;
  void navigator.storage?.persist?.().catch(() => false);
}
