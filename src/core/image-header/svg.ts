import type { Size } from '../model.ts';

/** CSS pixels in one of each absolute unit. */
const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  px: 1,
  pt: 4 / 3,
  pc: 16,
  in: 96,
  cm: 96 / 2.54,
  mm: 9.6 / 2.54,
  q: 2.4 / 2.54,
};

/**
 * An SVG's text as a browser would read it: by its byte-order mark, else its XML declaration, else UTF-8.
 * @returns null where the declared encoding is unknown
 */
export function svgText(bytes: Uint8Array): string | null {
  const declared = /^\s*<\?xml[^>]*\bencoding\s*=\s*["']([\w.:-]+)["']/.exec(
    new TextDecoder('latin1').decode(bytes.subarray(0, 256)),
  );
  const mark =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null;
  try {
    return new TextDecoder(mark ?? declared?.[1] ?? 'utf-8').decode(bytes);
  } catch {
    return null;
  }
}

/** Characters in which the root element's start tag must end. */
const ROOT_WITHIN = 64 * 1024;

/** The text without what may stand before the root element: byte-order mark, XML declaration, comments, processing instructions, spaces. */
function skipProlog(text: string): string {
  let rest = text.slice(0, ROOT_WITHIN).replace(/^\uFEFF/, '');
  for (;;) {
    const next = rest
      .replace(/^\s+/, '')
      .replace(/^<\?[\s\S]*?\?>/, '')
      .replace(/^<!--[\s\S]*?-->/, '');
    if (next === rest) return rest;
    rest = next;
  }
}

/** Whether a file's first bytes are an SVG's. */
export function isSvg(head: Uint8Array): boolean {
  const text = svgText(head);
  if (text === null || !/^\uFEFF?\s*</.test(text)) return false;
  return /^(<!DOCTYPE\s+(\w+:)?svg\b|<(\w+:)?svg[\s>/])/i.test(skipProlog(text));
}

/** The root element's attributes, or null where the text has no svg root (within what is given). */
function rootAttributes(text: string): Map<string, string> | null {
  const rest = skipProlog(skipProlog(text).replace(/^<!DOCTYPE[^>[]*(\[[\s\S]*?\]\s*)?>/i, ''));
  const tag = /^<(?:\w+:)?svg((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*\/?>/.exec(rest);
  if (!tag) return null;
  const attributes = new Map<string, string>();
  for (const [, name = '', double, single] of (tag[1] ?? '').matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    attributes.set(name, double ?? single ?? '');
  }
  return attributes;
}

/** A length in CSS pixels; null for a missing, relative (%, em) or malformed one. */
function pixels(length: string | undefined): number | null {
  const match = /^\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)([a-z]*)\s*$/i.exec(length ?? '');
  const unit = match && UNITS[(match[2] ?? '').toLowerCase()];
  return match && unit !== undefined && unit !== null ? Number(match[1]) * unit : null;
}

/**
 * The size an SVG declares, in whole CSS pixels: `width` and `height`, each missing one from the `viewBox` and its aspect.
 * @returns null where it declares none (a browser would guess 300 × 150), or the text has no svg root
 */
export function svgSize(text: string): Size | null {
  const attributes = rootAttributes(text);
  if (!attributes) return null;
  let width = pixels(attributes.get('width'));
  let height = pixels(attributes.get('height'));
  const box = (attributes.get('viewBox') ?? '')
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  const boxWidth = box.length === 4 ? box[2] : undefined;
  const boxHeight = box.length === 4 ? box[3] : undefined;
  if (boxWidth && boxHeight && boxWidth > 0 && boxHeight > 0) {
    if (width === null && height === null) [width, height] = [boxWidth, boxHeight];
    width ??= (height! * boxWidth) / boxHeight;
    height ??= (width * boxHeight) / boxWidth;
  }
  if (width === null || height === null || !(width >= 0) || !(height >= 0)) return null;
  return { width: Math.ceil(width), height: Math.ceil(height) };
}
