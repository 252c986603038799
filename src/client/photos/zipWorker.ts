import { expose } from 'comlink';
import { isPhotoFile } from '../../core/photoFile.ts';
import { readClassZip } from '../../formats/zip/classZip.ts';

const zipReader = {
  read: (zip: Blob, also: RegExp | null, onProgress: (fraction: number) => void) =>
    readClassZip(zip, (name) => isPhotoFile(name, '') || (also?.test(name) ?? false), onProgress),
};

export type ZipReader = typeof zipReader;

expose(zipReader);
