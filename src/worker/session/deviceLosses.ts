const TOO_MANY = 3;
const WITHIN_MS = 60_000;

/** When the GPU was lost of late: one loss is an accident, three in a minute are a GPU that does not work here. */
export class DeviceLosses {
  private times: number[] = [];

  /**
   * Notes a loss.
   * @param now milliseconds
   * @returns whether it was the third within a minute
   */
  tooMany(now: number): boolean {
    this.times = [...this.times.filter((time) => now - time < WITHIN_MS), now];
    return this.times.length >= TOO_MANY;
  }
}
