import { FoundBoxesFile } from '../../../formats/boxes/FoundBoxesFile.ts';
import { type Hands, WorkQueue } from '../../../client/queue/WorkQueue.ts';
import { messageOf } from '../../../core/errors.ts';
import type { Find, FindAnswer } from '../../../core/find/model.ts';
import { isPhotoFile, naturalOrder } from '../../../core/photoFile.ts';
import type { WorkProgress } from '../../../core/tasks/progress.ts';

/** A file of the folder; its bytes are read when its turn comes. */
export interface FolderFile {
  file: File;
  path: string;
}

/** How far a search is, and what it has come to. */
export interface FolderState {
  /** Null once it is over. */
  progress: WorkProgress | null;
  photos: number;
  /** Photos with at least one find. */
  withFinds: number;
  boxes: number;
  /** The first of them, by path. */
  failed: readonly { path: string; message: string }[];
  failures: number;
  /** Photos that were not looked at, since it was stopped. */
  left: number;
}

export interface FolderParts {
  classes: readonly string[];
  find: (task: string, photo: FolderFile) => Promise<FindAnswer>;
  cancel: (task: string) => void;
  /** The engines, where there can be more than one. */
  hands?: Hands;
  /** The finds of a photo that are written down. */
  shown: (finds: readonly Find[]) => readonly Find[];
  tell: (state: FolderState) => void;
}

/** Named on the page; the CSV names all of them. */
const MOST_NAMED = 100;
/** For each of the engines: one is decoded while the other is computed. */
const AT_A_TIME = 2;

/** Searches the photos of a folder, any number of them, and keeps nothing of a photo but its boxes as text. */
export class FolderSearch {
  readonly file: FoundBoxesFile;
  private readonly queue: WorkQueue;
  private readonly state = { photos: 0, withFinds: 0, boxes: 0, failures: 0, left: 0 };
  private readonly failed: { path: string; message: string }[] = [];
  private over = false;

  constructor(
    files: readonly FolderFile[],
    private readonly parts: FolderParts,
  ) {
    this.file = new FoundBoxesFile(parts.classes);
    this.queue = new WorkQueue({
      name: 'find-folder',
      concurrency: AT_A_TIME,
      hands: parts.hands,
      cancel: parts.cancel,
      tell: () => this.tell(),
      onIdle: () => this.end(),
    });
    const photos = files.filter(({ file }) => isPhotoFile(file.name, file.type));
    photos.sort((a, b) => naturalOrder.compare(a.path, b.path));
    for (const photo of photos) this.queue.add(photo.path, (task) => this.search(task, photo));
    if (photos.length === 0) this.end();
  }

  /** Stops at once; what was found by then stays. */
  stop(): void {
    this.state.left += this.queue.cancelAll().length;
    if (this.queue.left === 0) this.end();
  }

  private async search(task: string, photo: FolderFile): Promise<void> {
    const { state, parts } = this;
    try {
      const { size, finds } = await parts.find(task, photo);
      const shown = parts.shown(finds);
      state.photos++;
      state.boxes += shown.length;
      if (shown.length > 0) state.withFinds++;
      this.file.add(photo.path, size, shown);
    } catch (error) {
      if (error instanceof Error && error.name === 'Cancelled') state.left++;
      else this.fail(photo.path, messageOf(error));
      throw error;
    }
  }

  private fail(path: string, message: string): void {
    this.state.failures++;
    if (this.failed.length < MOST_NAMED) this.failed.push({ path, message });
    this.file.fail(path, message);
  }

  private end(): void {
    this.over = true;
    this.tell();
  }

  private tell(): void {
    const progress = this.over ? null : this.queue.progress;
    this.parts.tell({ ...this.state, failed: [...this.failed], progress });
  }
}
