import type { UnsavedChanges } from './unsavedChanges.ts';
import type { LoadedProject } from './ProjectStorage.ts';

/** A project as it would be, were its unsaved changes saved, and the files that only they have, by photo. */
export function withUnsaved(
  loaded: LoadedProject,
  unsaved: UnsavedChanges,
): LoadedProject & { blobs: Map<number, Blob> } {
  const project = { ...loaded.project };
  if (unsaved.classes) project.classes = unsaved.classes;
  if (unsaved.options) project.options = unsaved.options;
  if (unsaved.find) project.find = unsaved.find;

  const photos = new Map(loaded.photos.map((photo) => [photo.id, photo]));
  const blobs = new Map<number, Blob>();
  for (const { record, blob } of unsaved.photos) {
    photos.set(record.id, { ...record, project: project.id });
    if (blob) blobs.set(record.id, blob);
  }
  for (const id of unsaved.gonePhotos) photos.delete(id);

  const runs = new Map(loaded.runs.map((one) => [one.run.id, one]));
  for (const { run, head } of unsaved.runs) {
    const known = head ?? runs.get(run.id)?.head;
    if (known) runs.set(run.id, { run, head: known });
  }
  for (const id of unsaved.goneRuns) runs.delete(id);

  const finders = new Map(loaded.finders.map((one) => [one.id, one]));
  for (const run of unsaved.finders) finders.set(run.id, run);
  for (const id of unsaved.goneFinders) finders.delete(id);

  const opened = new Map(loaded.heads.map((head) => [head.id, head]));
  const heads = unsaved.heads?.flatMap(({ id, name, head }) => {
    const known = head ?? opened.get(id);
    return known ? [{ ...known, name }] : [];
  });
  return {
    ...loaded,
    project,
    photos: [...photos.values()].sort((a, b) => a.id - b.id),
    runs: [...runs.values()].sort((a, b) => (a.run.created < b.run.created ? 1 : -1)),
    finders: [...finders.values()].sort((a, b) => (a.created < b.created ? 1 : -1)),
    heads: heads ?? loaded.heads,
    blobs,
  };
}
