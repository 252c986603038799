import { expose } from 'comlink';
import { readClassZip } from '../../../formats/zip/classZip.ts';
import { isPhotoFile } from '../../../core/photoFile.ts';

const zipReader = {
  read: (zip: Blob, onProgress: (fraction: number) => void) =>
    readClassZip(zip, (name) => isPhotoFile(name, ''), onProgress),
};

export type ZipReader = typeof zipReader;

expose(zipReader);
