import { imageOf } from '../../../client/files.ts';
import { AnysizeError } from '../../../core/errors.ts';
import type { Box } from '../../../core/find/boxes.ts';
import { inkOnClass } from '../editor/logic/classInk.ts';

export interface ColouredBox {
  label: string;
  colour: string;
  box: Box;
}

/** Longer side of a drawn photo: larger ones are made smaller, as canvases have an end. */
const MOST_SIDE = 4096;
const JPEG = { type: 'image/jpeg', quality: 0.93 } as const;

async function bitmapOf(id: string, name: string): Promise<ImageBitmap> {
  const { blob, bitmap } = await imageOf(id);
  try {
    return bitmap ?? (await createImageBitmap(blob));
  } catch {
    throw new AnysizeError('UnreadableImage', `“${name}” cannot be drawn by this browser.`);
  }
}

/** Does work on a photo's pixels, upright, and lets go of them. @throws AnysizeError `UnreadableImage` */
async function onPixels<T>(id: string, name: string, work: (bitmap: ImageBitmap) => Promise<T>): Promise<T> {
  const bitmap = await bitmapOf(id, name);
  try {
    return await work(bitmap);
  } finally {
    bitmap.close();
  }
}

function canvasOf(
  width: number,
  height: number,
): { canvas: OffscreenCanvas; context: OffscreenCanvasRenderingContext2D } {
  const canvas = new OffscreenCanvas(Math.max(1, Math.round(width)), Math.max(1, Math.round(height)));
  const context = canvas.getContext('2d');
  if (!context) throw new AnysizeError('UnreadableImage', 'This browser gives no canvas to draw on.');
  return { canvas, context };
}

/** The photo with its boxes and their classes drawn over it: a JPEG. */
export function drawnPhoto(id: string, name: string, boxes: readonly ColouredBox[]): Promise<Blob> {
  return onPixels(id, name, async (bitmap) => {
    const scale = Math.min(1, MOST_SIDE / Math.max(bitmap.width, bitmap.height));
    const { canvas, context } = canvasOf(bitmap.width * scale, bitmap.height * scale);
    context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    const line = Math.max(2, Math.round(Math.min(canvas.width, canvas.height) / 200));
    const letters = Math.max(12, line * 6);
    context.lineWidth = line;
    context.font = `600 ${letters}px system-ui, sans-serif`;
    context.textBaseline = 'top';
    for (const { label, colour, box } of boxes) {
      const [left, top, right, bottom] = box.map((value) => value * scale) as [number, number, number, number];
      context.strokeStyle = colour;
      context.strokeRect(left, top, right - left, bottom - top);
      const room = letters * 1.4;
      const above = top >= room ? top - room : top;
      context.fillStyle = colour;
      context.fillRect(left - line / 2, above, context.measureText(label).width + letters * 0.6, room);
      context.fillStyle = inkOnClass(colour);
      context.fillText(label, left + letters * 0.3 - line / 2, above + room * 0.16);
    }
    return canvas.convertToBlob(JPEG);
  });
}

/** What lies in each box, to whole pixels outwards: JPEGs, in the order of the boxes. */
export function cropsOf(id: string, name: string, boxes: readonly Box[]): Promise<Blob[]> {
  return onPixels(id, name, async (bitmap) => {
    const crops: Blob[] = [];
    for (const [left, top, right, bottom] of boxes) {
      const [x, y] = [Math.floor(left), Math.floor(top)];
      const { canvas, context } = canvasOf(Math.ceil(right) - x, Math.ceil(bottom) - y);
      context.drawImage(bitmap, -x, -y);
      crops.push(await canvas.convertToBlob(JPEG));
    }
    return crops;
  });
}
