import type { ImageFormat } from './sniff.ts';

const TAIL = 64 * 1024;

/** Whether an image that failed to decode lacks its end; for the words of the refusal only. */
export async function isCutOff(blob: Blob, format: ImageFormat): Promise<boolean> {
  try {
    if (format === 'WebP') {
      const riff = new DataView(await blob.slice(4, 8).arrayBuffer());
      return riff.getUint32(0, true) + 8 > blob.size;
    }
    const tail = new TextDecoder('latin1').decode(await blob.slice(-TAIL).arrayBuffer());
    // Something may follow the end (a zip appended to a JPEG), and an EXIF thumbnail's end comes before the picture's own scan.
    if (format === 'JPEG') return tail.lastIndexOf('\xff\xd9') <= tail.lastIndexOf('\xff\xda');
    if (format === 'PNG') return !tail.includes('IEND');
    if (format === 'GIF') return !tail.includes(';');
    return false;
  } catch {
    return false;
  }
}
