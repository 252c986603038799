import { messageOf } from '../../core/errors.ts';
import { isPhotoFile } from '../../core/photoFile.ts';
import { type Unzipped, unzip } from './unzip.ts';

export interface AddedFile {
  file: File;
  /** Path inside the dropped folder or zip, or the file's name. */
  path: string;
}

/** What adding came to, for the person. */
export interface AddOutcome {
  notices: string[];
  errors: string[];
}

/** Told of the zip that is unpacked, and the share of it that is. */
export type OnUnpack = (name: string, fraction: number) => void;

export interface Collected extends AddOutcome {
  /** Photos of the drop itself, and of each zip in it: folders of one are not those of another. */
  groups: AddedFile[][];
  /** Files that were asked for and are no photos. */
  others: AddedFile[];
}

function isZip({ file }: AddedFile): boolean {
  return /\.zip$/i.test(file.name) || file.type === 'application/zip' || file.type === 'application/x-zip-compressed';
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/**
 * The photos among dropped or picked files, zips unpacked like folders.
 * @param also names besides those of photos that are wanted, as a pattern
 */
export async function collectFiles(
  files: readonly AddedFile[],
  onUnpack: OnUnpack,
  signal: AbortSignal,
  also: RegExp | null = null,
): Promise<Collected> {
  const notices: string[] = [];
  const errors: string[] = [];
  const others: AddedFile[] = [];
  const groups: AddedFile[][] = [];
  /** @returns how many were neither photos nor asked for */
  const sort = (some: readonly AddedFile[]): number => {
    const photos = some.filter(({ file }) => isPhotoFile(file.name, file.type));
    const wanted = also ? some.filter(({ file }) => also.test(file.name) && !isPhotoFile(file.name, file.type)) : [];
    if (photos.length > 0) groups.push(photos);
    others.push(...wanted);
    return some.length - photos.length - wanted.length;
  };
  const strange = sort(files.filter((file) => !isZip(file)));
  if (strange > 0) {
    notices.push(
      `${strange === 1 ? '1 file is not a photo and was' : `${strange} files are not photos and were`} left out.`,
    );
  }
  for (const { file } of files.filter(isZip)) {
    try {
      const unpacked: Unzipped = await unzip(file, also, (fraction) => onUnpack(file.name, fraction), signal);
      notices.push(...unpacked.notices);
      const before = groups.length + others.length;
      sort(unpacked.files.map(({ path, blob }) => ({ path, file: new File([blob], nameOf(path)) })));
      if (groups.length + others.length === before) notices.push(`“${file.name}” holds no photos.`);
    } catch (error) {
      if (!(error instanceof Error && error.name === 'Cancelled')) errors.push(`“${file.name}”: ${messageOf(error)}`);
    }
  }
  return { groups, others, notices, errors };
}
