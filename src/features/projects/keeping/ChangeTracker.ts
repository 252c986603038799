import type { FinderRun } from '../../../core/find/model.ts';
import type { ProjectFind, Scene } from '../../../core/project/findModel.ts';
import type { ProjectOptions, Member, PhotoRow, RunRow } from '../../../core/project/model.ts';
import type { HeadData } from '../../../core/model.ts';
import type { UnsavedChanges, SaveOutcome } from '../../../storage/projects/unsavedChanges.ts';
import type { Dataset } from '../../../store/dataset.ts';
import type { StoredIdMap } from './StoredIdMap.ts';

/** A head that came from a file; its numbers never change, its name may. */
export interface OpenedHead {
  id: string;
  name: string;
}

/** What of the page's state makes a project. */
export interface ProjectContents {
  dataset: Dataset;
  photos: ReadonlyMap<string, PhotoRow>;
  runs: readonly RunRow[];
  /** Those that came from a file. */
  heads: readonly OpenedHead[];
  options: ProjectOptions;
  scenes: ReadonlyMap<string, Scene>;
  find: ProjectFind;
  finders: readonly FinderRun[];
}

/** Where the large things of the page are. */
export interface Sources {
  file: (photoId: string) => File | undefined;
  thumbnail: (url: string) => Blob | undefined;
  head: (id: string) => HeadData | undefined;
}

interface SavedPhoto {
  row: PhotoRow;
  member: Member | null;
  scene: Scene | null;
  file: string;
}

/** A batch, and what the tracker is to note when it is saved. */
export interface PendingSave {
  batch: UnsavedChanges;
  /** @returns the thumbnails, by URL, that are kept now */
  saved: (outcome: Pick<SaveOutcome, 'unsaved' | 'unsavedRuns'>) => string[];
}

/** New files are saved in small batches, so that a kill costs at most the last of them, and other changes need not wait long. */
const MOST = { files: 64, bytes: 8 * 2 ** 20 };
/** Fewer go along with what a person has just done, which is small and should be safe at once. */
const ALONG = { files: 2, bytes: 2 ** 20 };
const ALL = { files: Infinity, bytes: Infinity };

/** What of a project is saved, against which the page's state is held to find what has changed. */
export class ChangeTracker {
  private readonly photos = new Map<string, SavedPhoto>();
  private readonly runs = new Map<string, RunRow>();
  private classes: Dataset['classes'] | null = null;
  private heads: readonly OpenedHead[] = [];
  private options: ProjectOptions | null = null;
  private readonly finders = new Map<string, FinderRun>();
  private find: ProjectFind | null = null;
  /** Photos, members and scenes that were found to be saved as they are: the same maps need not be looked through again. */
  private clean: (Pick<ProjectContents, 'photos' | 'scenes'> & Pick<Dataset, 'members'>) | null = null;

  /** Names of files whose records were lost, by photo. */
  private readonly files = new Map<string, string>();

  constructor(private readonly ids: StoredIdMap) {}

  /** Nothing is saved any more: the database has lost it. Names of files stay, for they may still be there. */
  forgetSaved(): void {
    for (const [id, { file }] of this.photos) this.files.set(id, file);
    this.photos.clear();
    this.runs.clear();
    this.classes = null;
    this.heads = [];
    this.options = null;
    this.finders.clear();
    this.find = null;
    this.clean = null;
  }

  /** Photos whose files are not kept yet. */
  unkept({ photos }: Pick<ProjectContents, 'photos'>): number {
    let count = 0;
    for (const id of photos.keys()) if (!this.photos.has(id)) count++;
    return count;
  }

  /** Notes what was read from the database. */
  notePhoto(row: PhotoRow, member: Member | null, scene: Scene | null, file: string): void {
    this.clean = null;
    this.photos.set(row.id, { row, member, scene, file });
  }

  noteRun(run: RunRow): void {
    this.runs.set(run.id, run);
  }

  noteHeads(heads: readonly OpenedHead[]): void {
    this.heads = heads;
  }

  noteFinder(run: FinderRun): void {
    this.finders.set(run.id, run);
  }

  noteFind(find: ProjectFind): void {
    this.find = find;
  }

  noteRest(classes: Dataset['classes'], options: ProjectOptions | null): void {
    this.classes = classes;
    this.options = options;
  }

  /**
   * What has changed since the last save; null for nothing.
   * @param files `some`: as many new files as go with one save
   */
  pending(work: ProjectContents, sources: Sources, files: 'some' | 'all' = 'some'): PendingSave | null {
    const { ids } = this;
    const { scenes } = work;
    const { members } = work.dataset;
    const notes: { number: number; id: string; saved: SavedPhoto }[] = [];
    const photos: UnsavedChanges['photos'] = [];
    const fresh: { row: PhotoRow; blob: File }[] = [];
    let done = false;
    const add = (row: PhotoRow, blob: File | null) => {
      const [member, scene] = [members.get(row.id) ?? null, scenes.get(row.id) ?? null];
      const { id, thumbnailUrl: url, ...facts } = row;
      const saved = this.photos.get(id);
      const thumbnail = url && url !== saved?.row.thumbnailUrl ? (sources.thumbnail(url) ?? null) : null;
      const number = ids.photo(id);
      const lost = saved ? undefined : this.files.get(id);
      const file = saved?.file ?? lost ?? crypto.randomUUID();
      photos.push({
        record: {
          ...facts,
          id: number,
          bytes: facts.bytes || (sources.file(id)?.size ?? 0),
          type: sources.file(id)?.type ?? '',
          file,
          member: member && { ...member, classId: ids.class(member.classId) },
          scene: scene && ids.storedScene(scene),
        },
        blob,
        ...(lost !== undefined && { again: true }),
        thumbnail,
      });
      notes.push({ number, id, saved: { row, member, scene, file } });
    };
    const isClean =
      this.clean?.photos === work.photos && this.clean.members === members && this.clean.scenes === scenes;
    for (const [id, row] of isClean ? [] : work.photos) {
      const member = members.get(id) ?? null;
      const saved = this.photos.get(id);
      if (saved) {
        const arranged = sameMember(saved.member, member) && saved.scene === (scenes.get(id) ?? null);
        if (saved.row === row && arranged) continue;
        done ||= !arranged;
        add(row, null);
      } else if (files === 'all' || fresh.length <= MOST.files) {
        const blob = sources.file(id);
        // Where it is missing, it went with an undo step that nothing can bring back.
        if (blob) fresh.push({ row, blob });
      }
    }
    const gone = isClean ? [] : [...this.photos.keys()].filter((id) => !work.photos.has(id));
    if (photos.length + fresh.length + gone.length === 0) this.clean = { photos: work.photos, members, scenes };
    const runs = work.runs
      .filter((run) => this.runs.get(run.id) !== run)
      .map((run) => ({
        run: ids.storedRun(run),
        head: this.runs.has(run.id) ? null : (sources.head(run.id) ?? null),
      }));
    const goneRuns = [...this.runs.keys()].filter((id) => !work.runs.some((run) => run.id === id));
    const { classes } = work.dataset;
    const changedClasses = classes === this.classes ? null : classes.map((row) => ({ ...row, id: ids.class(row.id) }));
    const options = sameOptions(work.options, this.options) ? null : work.options;
    const known = new Set(this.heads.map(({ id }) => id));
    const heads = sameHeads(work.heads, this.heads)
      ? null
      : work.heads.map(({ id, name }) => ({ id, name, head: known.has(id) ? null : (sources.head(id) ?? null) }));
    const finders = work.finders.filter((run) => this.finders.get(run.id) !== run).map((run) => ids.storedFinder(run));
    const goneFinders = [...this.finders.keys()].filter((id) => !work.finders.some((run) => run.id === id));
    const find = sameFind(work.find, this.find)
      ? null
      : { ...work.find, classes: work.find.classes.map((row) => ({ ...row, id: ids.class(row.id) })) };
    done ||= [gone, runs, goneRuns, finders, goneFinders].some((list) => list.length > 0);
    done ||= [changedClasses, options, heads, find].some((part) => part !== null);
    const most = files === 'all' ? ALL : done ? ALONG : MOST;
    let bytes = 0;
    for (const [i, { row, blob }] of fresh.entries()) {
      bytes += blob.size;
      if (i === most.files || (i > 0 && bytes > most.bytes)) break;
      add(row, blob);
    }
    if (!done && photos.length === 0) return null;
    return {
      batch: {
        classes: changedClasses,
        options,
        photos,
        gonePhotos: gone.map((id) => ids.photo(id)),
        runs,
        goneRuns,
        heads,
        find,
        finders,
        goneFinders,
      },
      saved: ({ unsaved, unsavedRuns }) => {
        const left = new Set(unsaved);
        const kept = notes.filter(({ number }) => !left.has(number));
        if (kept.length + gone.length > 0) this.clean = null;
        for (const { id, saved } of kept) this.photos.set(id, saved);
        for (const id of gone) this.photos.delete(id);
        for (const run of work.runs) if (!unsavedRuns.includes(run.id)) this.runs.set(run.id, run);
        for (const id of goneRuns) this.runs.delete(id);
        this.noteHeads(work.heads.filter(({ id }) => !unsavedRuns.includes(id)));
        for (const run of work.finders) if (!unsavedRuns.includes(run.id)) this.noteFinder(run);
        for (const id of goneFinders) this.finders.delete(id);
        this.noteFind(work.find);
        this.noteRest(classes, work.options);
        return kept.flatMap(({ saved }) => saved.row.thumbnailUrl ?? []);
      },
    };
  }
}

export function sameHeads(a: readonly OpenedHead[], b: readonly OpenedHead[]): boolean {
  return a.length === b.length && a.every(({ id, name }, i) => id === b[i]?.id && name === b[i].name);
}

/** Whether nothing of it has changed since, by the identity of its parts. */
export function sameFind(a: ProjectFind, b: ProjectFind | null): boolean {
  return a.classes === b?.classes && a.settings === b.settings && a.split === b.split;
}

function sameMember(a: Member | null, b: Member | null): boolean {
  return a?.classId === b?.classId && a?.holdout === b?.holdout;
}

function sameOptions(a: ProjectOptions, b: ProjectOptions | null): boolean {
  return b !== null && (Object.keys(a) as (keyof ProjectOptions)[]).every((key) => a[key] === b[key]);
}
