import { displayName } from './displayName.ts';
import { AnysizeError } from './errors.ts';
import { readHeader } from './header.ts';
import { svgText } from './headers/svg.ts';
import { checkPixels } from './pixelLimit.ts';
import { drawnElements } from './svgElements.ts';

const MAX_BYTES = 4 * 2 ** 20;
/** 2²⁴ pixels, 4096²: drawing happens on the page and must not hold it up. */
const MAX_PIXELS = 2 ** 24;
const MAX_ELEMENTS = 100_000;
const SVG_NAMESPACE = 'http://www.w3.org/2000/svg';

/**
 * Draws an SVG at its declared size, through an image element: there a browser runs no script and loads nothing from outside. Refused
 * before drawing: entity declarations and nested references that multiply into millions of elements, and pieces of web page inside.
 * @throws AnysizeError `UnreadableImage`, `UnsupportedFormat`, `ImageTooLarge`
 */
export async function drawSvg(blob: Blob, name: string): Promise<ImageBitmap> {
  const file = displayName(name);
  if (blob.size > MAX_BYTES) {
    const size = `${(blob.size / 2 ** 20).toFixed(1)} MB of SVG; the limit is ${MAX_BYTES / 2 ** 20} MB`;
    throw new AnysizeError('ImageTooLarge', `${file} is too large: ${size}. Export it as PNG.`);
  }
  const size = await readHeader(blob, name);
  checkPixels(size, file, MAX_PIXELS);
  const root = parse(svgText(new Uint8Array(await blob.arrayBuffer())) ?? '', file);
  root.setAttribute('width', String(size.width));
  root.setAttribute('height', String(size.height));
  // Serialised anew, so that what is drawn is what was examined, whatever encoding the file declares.
  const text = new XMLSerializer().serializeToString(root);
  return rasterise(new Blob([text], { type: 'image/svg+xml' }), size, file);
}

function parse(text: string, file: string): Element {
  if (/<!ENTITY|<!DOCTYPE[^>]*\[/i.test(text)) {
    throw new AnysizeError(
      'UnsupportedFormat',
      `${file} is an SVG that declares entities, which can hide any amount of data. Export it as plain SVG or PNG.`,
    );
  }
  const parsed = new DOMParser().parseFromString(withoutHandlers(text), 'image/svg+xml');
  const root = parsed.documentElement;
  if (parsed.querySelector('parsererror') || root.localName !== 'svg' || root.namespaceURI !== SVG_NAMESPACE) {
    throw new AnysizeError('UnreadableImage', `${file} is damaged: its SVG is not well-formed. Export it again.`);
  }
  if (parsed.querySelector('foreignObject')) {
    throw new AnysizeError(
      'UnsupportedFormat',
      `${file} is an SVG with a piece of web page inside (foreignObject). Export it as PNG.`,
    );
  }
  const elements = drawnElements(root);
  if (elements > MAX_ELEMENTS) {
    const numbers = `${elements.toLocaleString('en', { maximumSignificantDigits: 3 })} elements; the limit is ${MAX_ELEMENTS.toLocaleString('en')}`;
    throw new AnysizeError('ImageTooLarge', `${file} is too large: drawing it takes ${numbers}. Export it as PNG.`);
  }
  return root;
}

/**
 * Event handlers never run here, but merely parsing one makes the page's Content-Security-Policy complain in the console.
 * Tags are told apart from text and from `>` inside quotes; comments and CDATA keep what they hold.
 */
export function withoutHandlers(text: string): string {
  return text.replace(/<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<[^!?](?:[^>"']|"[^"]*"|'[^']*')*>/g, (piece) =>
    piece.startsWith('<!') ? piece : piece.replace(/\son[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*')/gi, ''),
  );
}

async function rasterise(
  svg: Blob,
  { width, height }: { width: number; height: number },
  file: string,
): Promise<ImageBitmap> {
  const url = URL.createObjectURL(svg);
  try {
    const image = new Image(width, height);
    image.src = url;
    await image.decode();
    const canvas = new OffscreenCanvas(width, height);
    const drawing = canvas.getContext('2d', { willReadFrequently: true });
    if (!drawing) throw new Error('this browser gives no 2D canvas');
    drawing.drawImage(image, 0, 0, width, height);
    // Throws where the browser holds the drawing for tainted: its pixels must not be read.
    drawing.getImageData(0, 0, 1, 1);
    return canvas.transferToImageBitmap();
  } catch (error) {
    throw new AnysizeError('UnreadableImage', `${file} could not be drawn by this browser. Export it as PNG.`, {
      cause: error,
    });
  } finally {
    URL.revokeObjectURL(url);
  }
}
