import type { PhotoRow } from '../../core/project/model.ts';
import { breather } from '../../core/tasks/breather.ts';
import { keepFile } from '../files.ts';
import type { AddedFile } from './collectFiles.ts';

/** Keeps the files of photos and gives the row of each, still to be read; between them the page may draw. */
export async function photoRows(files: readonly AddedFile[]): Promise<PhotoRow[]> {
  const breathe = breather();
  const rows: PhotoRow[] = [];
  for (const { file, path } of files) {
    rows.push({
      id: keepFile(file),
      name: file.name,
      path,
      // Asking thousands of files for their size blocks the page for a second; reading them tells it.
      bytes: 0,
      status: 'waiting',
      error: null,
      hash: null,
      perceptual: null,
      width: 0,
      height: 0,
      thumbnailUrl: null,
    });
    await breathe();
  }
  return rows;
}
