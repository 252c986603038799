import type { UnsavedChanges, PhotoToSave } from './unsavedChanges.ts';

export const NOTHING: UnsavedChanges = {
  classes: null,
  options: null,
  photos: [],
  gonePhotos: [],
  runs: [],
  goneRuns: [],
  heads: null,
  find: null,
  finders: [],
  goneFinders: [],
};

export function photo(id: number, text: string, classId: string | null): UnsavedChanges['photos'][number] {
  const blob = new Blob([text]);
  const record: PhotoToSave = {
    id,
    name: `${id}.jpg`,
    path: `set/${id}.jpg`,
    type: 'image/jpeg',
    bytes: blob.size,
    status: 'ready',
    error: null,
    hash: null,
    perceptual: [1, 2],
    width: 8,
    height: 6,
    file: `file-${id}`,
    member: classId === null ? null : { classId, holdout: null },
    scene: null,
  };
  return { record, blob, thumbnail: new Blob([`small ${text}`]) };
}
