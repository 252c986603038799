const EXPORT = 'Open it in its own program and export it as JPEG or PNG.';
const FRAME = 'Save a still picture from it as JPEG or PNG.';
const NOT_IMAGE = 'Choose an image file.';

/** A format that is recognised so that a refusal can name it. */
export interface ForeignFormat {
  /** Completes "it is …". */
  what: string;
  advice: string;
}

/** Signature at an offset: Latin-1 text, compared byte by byte. */
const SIGNATURES: readonly (readonly [offset: number, signature: string, what: string, advice: string])[] = [
  [0, 'II*\0', 'a TIFF (or camera raw) image, which browsers do not read', EXPORT],
  [0, 'MM\0*', 'a TIFF (or camera raw) image, which browsers do not read', EXPORT],
  [0, 'II+\0', 'a BigTIFF image, which browsers do not read', EXPORT],
  [0, 'MM\0+', 'a BigTIFF image, which browsers do not read', EXPORT],
  [0, '\0\0\0\x0cjP  \r\n\x87\n', 'a JPEG 2000 image, which browsers do not read', EXPORT],
  [0, '\xff\x4f\xff\x51', 'a JPEG 2000 image, which browsers do not read', EXPORT],
  [0, '\0\0\0\x0cJXL \r\n\x87\n', 'a JPEG XL image, which most browsers do not read', EXPORT],
  [0, '\xff\x0a', 'a JPEG XL image, which most browsers do not read', EXPORT],
  [0, '8BPS', 'a Photoshop file', EXPORT],
  [0, 'gimp xcf', 'a GIMP file', EXPORT],
  [0, 'qoif', 'a QOI image, which browsers do not read', EXPORT],
  [0, 'DDS ', 'a DDS texture, which browsers do not read', EXPORT],
  [0, '\x76\x2f\x31\x01', 'an OpenEXR image, which browsers do not read', EXPORT],
  [0, '#?RADIANCE', 'a Radiance HDR image, which browsers do not read', EXPORT],
  [0, 'icns', 'a macOS icon, which browsers do not read', EXPORT],
  [0, 'FUJIFILMCCD-RAW', 'a camera raw image', EXPORT],
  [0, 'IIU\0', 'a Panasonic raw image', EXPORT],
  [0, 'IIRO', 'an Olympus raw image', EXPORT],
  [0, 'IIRS', 'an Olympus raw image', EXPORT],
  [0, 'MMOR', 'an Olympus raw image', EXPORT],
  [6, 'HEAPCCDR', 'a Canon raw image', EXPORT],
  [0, 'FOVb', 'a Sigma raw image', EXPORT],
  [0, '\xc5\xd0\xd3\xc6', 'a PostScript file', EXPORT],
  [0, '%PDF-', 'a PDF document', 'Export its page as JPEG or PNG.'],
  [0, '%!PS', 'a PostScript file', EXPORT],
  [0, 'PK\x03\x04', 'a zip archive (or an office document), not an image', 'Unpack it and choose the images inside.'],
  [0, 'PK\x05\x06', 'an empty zip archive, not an image', NOT_IMAGE],
  [0, '\x1f\x8b', 'a gzip archive, not an image', 'Unpack it and choose the images inside.'],
  [0, 'Rar!\x1a\x07', 'a RAR archive, not an image', 'Unpack it and choose the images inside.'],
  [0, '7z\xbc\xaf\x27\x1c', 'a 7-Zip archive, not an image', 'Unpack it and choose the images inside.'],
  [0, '\x1aE\xdf\xa3', 'a video', FRAME],
  [8, 'AVI ', 'a video', FRAME],
  [8, 'WAVE', 'a sound file, not an image', NOT_IMAGE],
  [0, 'OggS', 'a sound or video file, not an image', NOT_IMAGE],
  [0, 'ID3', 'a sound file, not an image', NOT_IMAGE],
  [0, '\xff\xfb', 'a sound file, not an image', NOT_IMAGE],
  [0, '\xff\xf3', 'a sound file, not an image', NOT_IMAGE],
  [0, '\xff\xf2', 'a sound file, not an image', NOT_IMAGE],
  [0, '\0\0\x01\xb3', 'a video', FRAME],
  [0, '\0\0\x01\xba', 'a video', FRAME],
  [0, 'MZ', 'a Windows program, not an image', NOT_IMAGE],
  [0, '\x7fELF', 'a program, not an image', NOT_IMAGE],
  [0, '\xca\xfe\xba\xbe', 'a program, not an image', NOT_IMAGE],
  [0, 'SQLite format 3', 'a database, not an image', NOT_IMAGE],
  [4, 'ftypcrx ', 'a Canon raw image', EXPORT],
  [4, 'ftypM4A ', 'a sound file, not an image', NOT_IMAGE],
  [4, 'ftypM4B ', 'a sound file, not an image', NOT_IMAGE],
  [4, 'ftyp', 'a video', FRAME],
  [4, 'moov', 'a video', FRAME],
];

function startsWith(head: Uint8Array, offset: number, signature: string): boolean {
  for (let i = 0; i < signature.length; i++) if (head[offset + i] !== signature.charCodeAt(i)) return false;
  return true;
}

/** A Targa header has no signature, only fields of few values: colour map 0 or 1, kind 1–3 or 9–11, 8–32 bits a pixel. */
function looksLikeTarga(head: Uint8Array, name: string): boolean {
  const [, map = 255, kind = 255] = head;
  const plausible = map <= 1 && [1, 2, 3, 9, 10, 11].includes(kind) && [8, 15, 16, 24, 32].includes(head[16] ?? 0);
  return plausible && /\.(tga|icb|vda|vst)$/i.test(name);
}

/** Nor has a camera's transport stream (MTS): packets of 188 bytes, 4 more before each on Blu-ray, that all begin with a G. */
function looksLikeTransportStream(head: Uint8Array): boolean {
  return (
    head.length > 200 &&
    [
      [0, 188],
      [4, 196],
    ].some((at) => at.every((offset) => head[offset] === 0x47))
  );
}

/** PCX: its number, a version up to 5, run-length encoding. */
function looksLikePcx([number, version = 255, encoding]: Uint8Array, name: string): boolean {
  return number === 10 && version <= 5 && encoding === 1 && /\.pcx$/i.test(name);
}

/** Names a file that is no image browsers decode, from its first bytes (and, for Targa and PCX only, its name); null where it is unknown. */
export function foreignFormat(head: Uint8Array, name: string): ForeignFormat | null {
  for (const [offset, signature, what, advice] of SIGNATURES) {
    if (startsWith(head, offset, signature)) return { what, advice };
  }
  if (/^P[1-7]\s/.test(String.fromCharCode(...head.subarray(0, 3)))) {
    return { what: 'a PPM (Netpbm) image, which browsers do not read', advice: EXPORT };
  }
  if (looksLikeTarga(head, name)) return { what: 'a Targa (TGA) image, which browsers do not read', advice: EXPORT };
  if (looksLikePcx(head, name)) return { what: 'a PCX image, which browsers do not read', advice: EXPORT };
  if (looksLikeTransportStream(head)) return { what: 'a video', advice: FRAME };
  const text = asText(head);
  if (text === null) return null;
  if (/<html|<!doctype html|<body|<head/i.test(text)) {
    return { what: 'a web page, not an image', advice: 'The download may have failed: save the image itself.' };
  }
  return { what: 'text, not an image', advice: NOT_IMAGE };
}

/** The first bytes as UTF-8 text, or null where they are none. */
function asText(head: Uint8Array): string | null {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
  } catch {
    return null;
  }
  // oxlint-disable-next-line no-control-regex -- control characters are what tells binary from text
  return text.length > 0 && !/[\0-\x08\x0e-\x1f]/.test(text) ? text : null;
}
