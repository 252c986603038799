import { displayName } from '../displayName.ts';
import { AnysizeError } from '../errors.ts';
import { readBmp, readIco } from './bitmap.ts';
import { BlobBytes } from './blobBytes.ts';
import { foreignFormat } from './foreignFormats.ts';
import { readGif } from './gif.ts';
import { type HeaderFacts, HeaderProblem, stillFacts } from './headerFacts.ts';
import { readIsobmff } from './isobmff.ts';
import { readJpeg } from './jpeg.ts';
import { readPng } from './png.ts';
import { type ImageFormat, SNIFF_BYTES, sniff } from './sniff.ts';
import { svgSize, svgText } from './svg.ts';
import { readWebp } from './webp.ts';

export interface ImageHeader extends HeaderFacts {
  format: ImageFormat;
}

const SVG_HEAD = 64 * 1024;
const TAIL = 64 * 1024;

const READERS: Readonly<Record<ImageFormat, (bytes: BlobBytes) => Promise<HeaderFacts>>> = {
  JPEG: readJpeg,
  PNG: readPng,
  GIF: readGif,
  WebP: readWebp,
  AVIF: readIsobmff,
  HEIC: async (bytes) => ({ ...(await readIsobmff(bytes)), rare: 'a HEIC photo' }),
  BMP: readBmp,
  ICO: readIco,
  SVG: readSvg,
};

async function readSvg(bytes: BlobBytes): Promise<HeaderFacts> {
  const view = await bytes.read(0, SVG_HEAD);
  const text = svgText(new Uint8Array(view.buffer, view.byteOffset, view.byteLength));
  const size = text === null ? null : svgSize(text);
  if (!size) throw new HeaderProblem('without a size');
  return stillFacts(size.width, size.height);
}

/**
 * What an image file says of itself, from slices of its first bytes: nothing is decoded, whatever size the file claims.
 * The format is judged by content, not by name. Sizes are pixels as stored, before orientation.
 * @param name the file's name, for messages
 * @throws AnysizeError `UnreadableImage` (empty, cut off, damaged, without size), `UnsupportedFormat` (no image that browsers decode)
 */
export async function readHeader(blob: Blob, name: string): Promise<ImageHeader> {
  const file = displayName(name);
  if (blob.size === 0) {
    throw new AnysizeError('UnreadableImage', `${file} is empty (0 bytes). Copy it again from where it came from.`);
  }
  const bytes = new BlobBytes(blob);
  let format: ImageFormat;
  let facts: HeaderFacts;
  try {
    const view = await bytes.read(0, SNIFF_BYTES);
    const head = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
    format = sniff(head) ?? refuseForeign(head, name);
    facts = await READERS[format](bytes);
  } catch (error) {
    throw asNamedError(error, file);
  }
  if (facts.width === 0 || facts.height === 0) {
    const size = `${facts.width} × ${facts.height} pixels`;
    throw new AnysizeError('UnreadableImage', `${file} holds no picture: its header says ${size}. Export it again.`);
  }
  return { format, ...facts };
}

function refuseForeign(head: Uint8Array, name: string): never {
  const foreign = foreignFormat(head, name);
  if (foreign) {
    throw new AnysizeError('UnsupportedFormat', `${displayName(name)} is ${foreign.what}. ${foreign.advice}`);
  }
  throw new AnysizeError(
    'UnreadableImage',
    `${displayName(name)} is not an image that can be recognised: it is damaged or of another kind. Choose a JPEG, PNG, WebP, AVIF, GIF, BMP or SVG.`,
  );
}

const HEADER_PROBLEMS: Readonly<Record<HeaderProblem['kind'], string>> = {
  'cut off': 'is cut off: it ends inside its header. Copy or download it again.',
  damaged: 'is damaged: its header makes no sense. Copy or download it again.',
  'without a size':
    'has no size of its own: its svg element has neither width and height nor a viewBox. Add them, or export it as PNG.',
};

function asNamedError(error: unknown, file: string): AnysizeError {
  if (error instanceof AnysizeError) return error;
  if (error instanceof HeaderProblem) {
    return new AnysizeError('UnreadableImage', `${file} ${HEADER_PROBLEMS[error.kind]}`, { cause: error });
  }
  // Reading a File fails where it was moved, deleted or is not permitted.
  const advice = 'It may have been moved, renamed or deleted since: choose it again.';
  return new AnysizeError('UnreadableImage', `${file} could not be read from disk. ${advice}`, { cause: error });
}

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
