/** Whether Space is down, and whether it was used to pan: then it does not mark the photo when it is let go. */
export class SpaceKey {
  private down = false;
  private used = false;

  get held(): boolean {
    return this.down;
  }

  press(): void {
    this.down = true;
    this.used = false;
  }

  usedToPan(): void {
    this.used = true;
  }

  /** @returns whether it was pressed for itself */
  release(): boolean {
    const alone = this.down && !this.used;
    this.down = false;
    return alone;
  }
}
