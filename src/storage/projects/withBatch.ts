import type { Batch } from './changes.ts';
import type { LoadedProject } from './ProjectStorage.ts';

/** A project as it would be, were the batch saved, and the files that only the batch has, by photo. */
export function withBatch(loaded: LoadedProject, batch: Batch): LoadedProject & { blobs: Map<number, Blob> } {
  const project = { ...loaded.project };
  if (batch.classes) project.classes = batch.classes;
  if (batch.options) project.options = batch.options;

  const photos = new Map(loaded.photos.map((photo) => [photo.id, photo]));
  const blobs = new Map<number, Blob>();
  for (const { record, blob } of batch.photos) {
    photos.set(record.id, { ...record, project: project.id });
    if (blob) blobs.set(record.id, blob);
  }
  for (const id of batch.gonePhotos) photos.delete(id);

  const runs = new Map(loaded.runs.map((one) => [one.run.id, one]));
  for (const { run, head } of batch.runs) {
    const known = head ?? runs.get(run.id)?.head;
    if (known) runs.set(run.id, { run, head: known });
  }
  for (const id of batch.goneRuns) runs.delete(id);

  const opened = new Map(loaded.heads.map((head) => [head.id, head]));
  const heads = batch.heads?.flatMap(({ id, name, head }) => {
    const known = head ?? opened.get(id);
    return known ? [{ ...known, name }] : [];
  });
  return {
    ...loaded,
    project,
    photos: [...photos.values()].sort((a, b) => a.id - b.id),
    runs: [...runs.values()].sort((a, b) => (a.run.created < b.run.created ? 1 : -1)),
    heads: heads ?? loaded.heads,
    blobs,
  };
}
