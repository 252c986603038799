/** What is dragged within the page, by type; the browser shows the types of a drag, but not its data, before the drop. */
export const PHOTOS_TYPE = 'application/x-anysize-photos';
export const CLASS_TYPE = 'application/x-anysize-class';

/** The class that dropped files are for: set by the class they fall on, taken by the window that lists them. */
class DropTarget {
  private classId: string | null = null;

  set(classId: string): void {
    this.classId = classId;
  }

  /** The class, once; null when the files fell elsewhere. */
  take(): string | null {
    const { classId } = this;
    this.classId = null;
    return classId;
  }
}

export const dropTarget = new DropTarget();
