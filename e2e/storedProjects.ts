import type { Page } from '@playwright/test';

export interface StoredPhoto {
  className: string | null;
  name: string;
  sha256: string;
}

export interface StoredProject {
  name: string;
  classes: string[];
  photos: StoredPhoto[];
  /** Name of each run with the SHA-256 of its head's numbers. */
  runs: string[];
  /** What contradicts itself: a record without its file, a size that is not the file's, a photo of no class. */
  problems: string[];
}

/** Everything the browser's storage holds of projects, read behind the app's back and checked. */
export function storedProjects(page: Page): Promise<StoredProject[]> {
  return page.evaluate(async () => {
    interface Photo {
      project: string;
      id: number;
      name: string;
      bytes: number;
      hash: string | null;
      file: string;
      member: { classId: string } | null;
    }
    interface Project {
      id: string;
      name: string;
      deleted: string | null;
      classes: { id: string; name: string }[];
    }
    interface Run {
      project: string;
      name: string;
      head: { file: string; bytes: number };
    }
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('anysize');
      request.addEventListener('success', () => resolve(request.result));
      request.addEventListener('error', () => reject(request.error));
    });
    const transaction = database.transaction(['projects', 'photos', 'runs']);
    const all = <T>(store: string) =>
      new Promise<T[]>((resolve, reject) => {
        const request = transaction.objectStore(store).getAll();
        request.addEventListener('success', () => resolve(request.result as T[]));
        request.addEventListener('error', () => reject(request.error));
      });
    const [projects, photos, runs] = await Promise.all([
      all<Project>('projects'),
      all<Photo>('photos'),
      all<Run>('runs'),
    ]);
    database.close();
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('files');
    const read = async (name: string) => {
      const file = await folder.getFileHandle(name).then(
        (handle) => handle.getFile(),
        () => null,
      );
      if (!file) return null;
      const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
      const sha256 = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
      return { size: file.size, sha256 };
    };
    return Promise.all(
      projects
        .filter(({ deleted }) => deleted === null)
        .map(async (project) => {
          const names = new Map(project.classes.map(({ id, name }) => [id, name]));
          const problems: string[] = [];
          const found = [];
          for (const photo of photos.filter((one) => one.project === project.id)) {
            const file = await read(photo.file);
            if (!file) problems.push(`${photo.name} has no file`);
            else if (file.size !== photo.bytes) problems.push(`${photo.name}: ${file.size} bytes, not ${photo.bytes}`);
            else if (photo.hash !== null && photo.hash !== file.sha256) problems.push(`${photo.name} has other bytes`);
            if (photo.member && !names.has(photo.member.classId)) problems.push(`${photo.name} is of no class`);
            const className = photo.member ? (names.get(photo.member.classId) ?? '?') : null;
            found.push({ className, name: photo.name, sha256: file?.sha256 ?? '' });
          }
          const heads = [];
          for (const run of runs.filter((one) => one.project === project.id)) {
            const file = await read(run.head.file);
            if (file?.size !== run.head.bytes) problems.push(`the head of ${run.name} is not whole`);
            heads.push(`${run.name} ${file?.sha256}`);
          }
          return {
            name: project.name,
            classes: project.classes.map(({ name }) => name),
            photos: found,
            runs: heads,
            problems,
          };
        }),
    );
  });
}
