/** Whether the browser has promised not to clear what is kept here when space runs short. */
class PersistentStorage {
  private asked = false;
  /** Whether the browser was asked in this visit and did not agree, or could not be asked. */
  refused = false;

  async ask(): Promise<void> {
    this.asked = true;
    this.refused = (await Promise.resolve(navigator.storage?.persist?.()).catch(() => false)) !== true;
  }

  /** Asks once a visit; the Projects tab tells the answer, and asks again for who wants to. */
  askOnce(): void {
    if (!this.asked) void this.ask();
  }
}

export const persistentStorage = new PersistentStorage();
