/** Image files made by hand, byte by byte, for tests. */

/** Concatenates numbers (bytes), Latin-1 text and byte lists. */
export function bytesOf(...parts: (number | string | ArrayLike<number>)[]): Uint8Array<ArrayBuffer> {
  const all: number[] = [];
  for (const part of parts) {
    if (typeof part === 'number') all.push(part);
    else if (typeof part === 'string') for (const letter of part) all.push(letter.charCodeAt(0));
    else for (let i = 0; i < part.length; i++) all.push(part[i]!);
  }
  return Uint8Array.from(all);
}

export const u16be = (value: number) => [(value >> 8) & 255, value & 255];
export const u16le = (value: number) => u16be(value).reverse();
export const u32be = (value: number) => [(value >>> 24) & 255, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
export const u32le = (value: number) => u32be(value).reverse();

/** A TIFF block whose first directory holds one other tag and the orientation. */
export function exifBlock(orientation: number, order: 'II' | 'MM' = 'MM'): Uint8Array {
  const u16 = order === 'II' ? u16le : u16be;
  const u32 = order === 'II' ? u32le : u32be;
  const software = [...u16(0x0131), ...u16(2), ...u32(4), ...bytesOf('abc\0')];
  const orient = [...u16(0x0112), ...u16(3), ...u32(1), ...u16(orientation), 0, 0];
  return bytesOf(order, u16(42), u32(8), u16(2), orient, software, u32(0));
}

/** A JPEG segment: marker, length, body. */
export function segment(marker: number, ...body: (number | string | ArrayLike<number>)[]): Uint8Array {
  const content = bytesOf(...body);
  return bytesOf(0xff, marker, u16be(content.length + 2), content);
}

/** A JPEG's EXIF segment. */
export function exifSegment(orientation: number, order: 'II' | 'MM' = 'MM'): Uint8Array {
  return segment(0xe1, 'Exif\0\0', exifBlock(orientation, order));
}

/** A JPEG up to and including its frame header; no picture follows. */
export function jpegHeader(
  width: number,
  height: number,
  { before = [] as ArrayLike<number>, frame = 0xc0, bits = 8 } = {},
) {
  const components = [1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1];
  return bytesOf(0xff, 0xd8, before, segment(frame, bits, u16be(height), u16be(width), 3, components));
}

/** A PNG chunk; its check sum is left 0, for readers of headers only. */
export function chunk(type: string, ...body: (number | string | ArrayLike<number>)[]): Uint8Array {
  const content = bytesOf(...body);
  return bytesOf(u32be(content.length), type, content, u32be(0));
}

/** A PNG without picture: signature, IHDR, given chunks, an empty IDAT. */
export function pngHeader(width: number, height: number, ...chunks: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const header = chunk('IHDR', u32be(width), u32be(height), 8, 2, 0, 0, 0);
  return bytesOf(0x89, 'PNG\r\n\x1a\n', header, ...chunks, chunk('IDAT'));
}

/** A RIFF chunk, padded to an even length. */
export function riff(type: string, ...body: (number | string | ArrayLike<number>)[]): Uint8Array {
  const content = bytesOf(...body);
  return bytesOf(type, u32le(content.length), content, content.length % 2 ? [0] : []);
}

/** A WebP container around chunks. */
export function webp(...chunks: Uint8Array[]): Uint8Array<ArrayBuffer> {
  return bytesOf(riff('RIFF', 'WEBP', ...chunks));
}

/** A WebP's extended header. Flags: 0x08 EXIF, 0x02 animation. */
export function vp8x(width: number, height: number, flags: number): Uint8Array {
  return riff('VP8X', flags, 0, 0, 0, u32le(width - 1).slice(0, 3), u32le(height - 1).slice(0, 3));
}

/** An ISO media box. */
export function box(type: string, ...body: (number | string | ArrayLike<number>)[]): Uint8Array {
  const content = bytesOf(...body);
  return bytesOf(u32be(content.length + 8), type, content);
}

/** The boxes of an AVIF or HEIC that hold its images' sizes. */
export function isobmff(brand: string, ...sizes: [width: number, height: number][]): Uint8Array<ArrayBuffer> {
  const properties = sizes.map(([width, height]) => box('ispe', u32be(0), u32be(width), u32be(height)));
  const meta = box('meta', u32be(0), box('hdlr', u32be(0)), box('iprp', box('ipco', ...properties)));
  return bytesOf(box('ftyp', brand, u32be(0), brand, 'miaf'), meta, box('mdat', 1, 2, 3));
}

/** A complete GIF of 2 × 1 pixels: red, then blue. */
export const GIF_RED_BLUE = bytesOf(
  'GIF89a',
  [...u16le(2), ...u16le(1), 0x80, 0, 0],
  [255, 0, 0, 0, 0, 255],
  [0x2c, ...u16le(0), ...u16le(0), ...u16le(2), ...u16le(1), 0],
  // LZW, minimum code size 2: clear (100), 0 (000), 1 (001), end (101), from the lowest bit up.
  [2, 2, 0b01_000_100, 0b1010, 0],
  ';',
);

/** A complete 24-bit BMP of 2 × 1 pixels: red, then blue. */
export const BMP_RED_BLUE = bytesOf(
  'BM',
  [...u32le(62), ...u32le(0), ...u32le(54)],
  [
    ...u32le(40),
    ...u32le(2),
    ...u32le(1),
    ...u16le(1),
    ...u16le(24),
    ...u32le(0),
    ...u32le(8),
    ...u32le(0),
    ...u32le(0),
    ...u32le(0),
    ...u32le(0),
  ],
  [0, 0, 255, 255, 0, 0, 0, 0],
);
