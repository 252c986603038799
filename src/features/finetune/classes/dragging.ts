/** What is dragged within the page, by type; the browser shows the types of a drag, but not its data, before the drop. */
export const PHOTOS_TYPE = 'application/x-anysize-photos';
export const CLASS_TYPE = 'application/x-anysize-class';

/** What takes dropped files: a class, or who tries a run on them. */
type Taker = { classId: string } | { tryOn: (files: readonly File[]) => void };

/** What dropped files are for: set by what they fall on, taken by the window that lists them. */
class DropTarget {
  private taker: Taker | null = null;

  set(classId: string): void {
    this.taker = { classId };
  }

  setTry(tryOn: (files: readonly File[]) => void): void {
    this.taker = { tryOn };
  }

  /** The taker, once; null when the files fell elsewhere. */
  take(): Taker | null {
    const { taker } = this;
    this.taker = null;
    return taker;
  }
}

export const dropTarget = new DropTarget();
