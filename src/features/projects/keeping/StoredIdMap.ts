import type { FinderRun } from '../../../core/find/model.ts';
import type { Scene, StoredScene } from '../../../core/project/findModel.ts';
import type { RunRow } from '../../../core/project/model.ts';

/**
 * Ids last as long as the page; in the database photos are numbered and classes have ids of their own. This maps between the two,
 * for one open project.
 */
export class StoredIdMap {
  private readonly photos = new Map<string, number>();
  private readonly pagePhotos = new Map<number, string>();
  private readonly classes = new Map<string, string>();
  private readonly pageClasses = new Map<string, string>();
  private last = 0;

  knowPhoto(page: string, stored: number): void {
    this.photos.set(page, stored);
    this.pagePhotos.set(stored, page);
    this.last = Math.max(this.last, stored);
  }

  /** The number of a photo; a new one gets the next. */
  photo(page: string): number {
    const known = this.photos.get(page);
    if (known !== undefined) return known;
    this.knowPhoto(page, this.last + 1);
    return this.last;
  }

  pagePhoto(stored: number): string | undefined {
    return this.pagePhotos.get(stored);
  }

  /** The page's id of a stored photo that is no longer there, and whose number no other photo may get. */
  gonePhoto(stored: number): string {
    const page = this.pagePhotos.get(stored) ?? `gone-${stored}`;
    this.knowPhoto(page, stored);
    return page;
  }

  /** The stored id of a class; a new one gets an id that no visit gives again. */
  class(page: string): string {
    const known = this.classes.get(page);
    if (known !== undefined) return known;
    const stored = crypto.randomUUID();
    this.classes.set(page, stored);
    this.pageClasses.set(stored, page);
    return stored;
  }

  /** The page's id of a stored class, which is never one that a new class of the page gets. */
  pageClass(stored: string): string {
    const known = this.pageClasses.get(stored);
    if (known !== undefined) return known;
    const page = `kept-class-${crypto.randomUUID()}`;
    this.classes.set(page, stored);
    this.pageClasses.set(stored, page);
    return page;
  }

  /** A run of the page with the ids that are stored. */
  storedRun(run: RunRow): RunRow {
    return withIds(
      run,
      (id) => String(this.photo(id)),
      (id) => this.class(id),
    );
  }

  /** A stored run with the page's ids. */
  pageRun(run: RunRow): RunRow {
    return withIds(
      run,
      (id) => this.gonePhoto(Number(id)),
      (id) => this.pageClass(id),
    );
  }

  storedFinder(run: FinderRun): FinderRun {
    return withPhotos(run, (id) => String(this.photo(id)));
  }

  pageFinder(run: FinderRun): FinderRun {
    return withPhotos(run, (id) => this.gonePhoto(Number(id)));
  }

  storedScene({ boxes, complete }: Scene): StoredScene {
    return { boxes: boxes.map(({ classId, box }) => ({ classId: this.class(classId), box })), complete };
  }

  /** @param photo number of the photo, by which its boxes are named the same each time they are read */
  pageScene({ boxes, complete }: StoredScene, photo: number): Scene {
    const drawn = boxes.map(({ classId, box }, i) => ({
      id: `kept-box-${photo}-${i}`,
      classId: this.pageClass(classId),
      box,
    }));
    return { boxes: drawn, complete };
  }
}

/** A finder's run with other ids for its photos. */
function withPhotos(run: FinderRun, photo: (id: string) => string): FinderRun {
  const named = <Row extends { id: string }>(row: Row): Row => ({ ...row, id: photo(row.id) });
  return {
    ...run,
    train: run.train.map(photo),
    heldOut: run.heldOut.map(photo),
    results: run.results.map(named),
    failed: run.failed.map(named),
    metrics: run.metrics && {
      ...run.metrics,
      errors: run.metrics.errors.map((error) => ({ ...error, photo: photo(error.photo) })),
    },
  };
}

/** A run with other ids for its photos and classes. */
function withIds(run: RunRow, photo: (id: string) => string, ofClass: (id: string) => string): RunRow {
  return {
    ...run,
    predictions: run.predictions.map((prediction) => ({ ...prediction, id: photo(prediction.id) })),
    failed: run.failed.map((one) => ({ ...one, id: photo(one.id) })),
    basis: {
      classes: run.basis.classes.map((row) => ({ ...row, id: ofClass(row.id) })),
      members: new Map(
        [...run.basis.members].map(([id, member]) => [photo(id), { ...member, classId: ofClass(member.classId) }]),
      ),
    },
  };
}
