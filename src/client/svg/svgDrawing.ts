import { displayName } from '../../core/displayName.ts';
import { AnysizeError } from '../../core/errors.ts';
import { readHeader } from '../../core/image-header/header.ts';
import { svgText } from '../../core/image-header/svg.ts';
import { checkPixels } from '../../core/size/pixelLimit.ts';
import { drawnElements } from './svgElements.ts';
import { readSvgMarkup } from './svgMarkup.ts';

/** Drawing happens on the page: what takes seconds on a slow computer is refused. */
const MAX_BYTES = 2 * 2 ** 20;
/** 2²⁴ pixels, 4096². */
const MAX_PIXELS = 2 ** 24;
const MAX_ELEMENTS = 20_000;
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
  const malformed = () =>
    new AnysizeError('UnreadableImage', `${file} is damaged: its SVG is not well-formed. Export it again.`);
  const markup = readSvgMarkup(text);
  if (markup === 'malformed') throw malformed();
  if (markup === 'entities') {
    throw new AnysizeError(
      'UnsupportedFormat',
      `${file} is an SVG that declares entities, which can hide any amount of data. Export it as plain SVG or PNG.`,
    );
  }
  // Before parsing, which takes a second for a million of them.
  checkElements(markup.elements, file);
  const parsed = new DOMParser().parseFromString(markup.text, 'image/svg+xml');
  const root = parsed.documentElement;
  if (parsed.querySelector('parsererror') || root.localName !== 'svg' || root.namespaceURI !== SVG_NAMESPACE) {
    throw malformed();
  }
  if (parsed.querySelector('foreignObject')) {
    throw new AnysizeError(
      'UnsupportedFormat',
      `${file} is an SVG with a piece of web page inside (foreignObject). Export it as PNG.`,
    );
  }
  checkElements(drawnElements(root), file);
  return root;
}

function checkElements(count: number, file: string): void {
  if (count <= MAX_ELEMENTS) return;
  const numbers = `${count.toLocaleString('en', { maximumSignificantDigits: 3 })} elements; the limit is ${MAX_ELEMENTS.toLocaleString('en')}`;
  throw new AnysizeError('ImageTooLarge', `${file} is too large: drawing it takes ${numbers}. Export it as PNG.`);
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
