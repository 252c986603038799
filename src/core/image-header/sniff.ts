import { isSvg } from './svg.ts';

/** Formats whose header is read; a browser may still lack a decoder for AVIF or HEIC. */
export type ImageFormat = 'JPEG' | 'PNG' | 'GIF' | 'WebP' | 'AVIF' | 'HEIC' | 'BMP' | 'ICO' | 'SVG';

/** Bytes that {@link sniff} wants to see. */
export const SNIFF_BYTES = 4096;

/** Codes of an ISO media file's `ftyp` box: the major brand, then the compatible ones. */
function brands(text: string, head: Uint8Array): string[] {
  const end = Math.min(new DataView(head.buffer, head.byteOffset).getUint32(0), head.length);
  const codes = [text.slice(8, 12)];
  for (let offset = 16; offset + 4 <= end; offset += 4) codes.push(text.slice(offset, offset + 4));
  return codes;
}

/** The image format that a file's first bytes show, whatever its name; null where they show none of ours. */
export function sniff(head: Uint8Array): ImageFormat | null {
  const text = new TextDecoder('latin1').decode(head.subarray(0, 256));
  if (head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff) return 'JPEG';
  if (head[0] === 0x89 && text.startsWith('PNG\r\n\x1a\n', 1)) return 'PNG';
  if (/^GIF8[79]a/.test(text)) return 'GIF';
  if (text.startsWith('RIFF') && text.startsWith('WEBP', 8)) return 'WebP';
  if (text.startsWith('BM') && head.length >= 18 && [12, 16, 40, 52, 56, 64, 108, 124].includes(head[14] ?? 0))
    return 'BMP';
  if (head[0] === 0 && head[1] === 0 && (head[2] === 1 || head[2] === 2) && head[3] === 0 && head[5] === 0 && head[4]) {
    return 'ICO';
  }
  if (text.startsWith('ftyp', 4) && head.length >= 12) {
    const codes = brands(text, head);
    if (codes.includes('avif') || codes.includes('avis')) return 'AVIF';
    if (codes.some((code) => /^(hei[cmsx]|hev[cmx]|mif1|msf1)$/.test(code))) return 'HEIC';
  }
  return isSvg(head) ? 'SVG' : null;
}
