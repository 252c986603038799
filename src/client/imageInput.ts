import { displayName } from '../core/displayName.ts';
import { SNIFF_BYTES, sniff } from '../core/image-header/sniff.ts';
import type { ImageInput } from '../core/model.ts';
import { useStore } from '../store/store.ts';
import { drawSvg } from './svg/svgDrawing.ts';
import { withinTime } from '../core/withinTime.ts';

const DRAW_TIMEOUT_MS = 10_000;

/**
 * Makes a file ready for the engine, on the page, to be decoded as the settings say. Only an SVG needs that: a worker has no image element to draw it with. All other files go
 * as they are and are judged in the engine.
 * @throws AnysizeError for an SVG: `UnreadableImage`, `UnsupportedFormat`, `ImageTooLarge`, `DecodeTimeout`
 */
export async function toImageInput(file: Blob, name: string): Promise<ImageInput> {
  const { decoding } = useStore.getState().settings;
  const asItIs: ImageInput = { blob: file, name, ...(decoding === 'whole' && { decoding }) };
  let head: ArrayBuffer;
  try {
    head = await file.slice(0, SNIFF_BYTES).arrayBuffer();
  } catch {
    return asItIs;
  }
  if (sniff(new Uint8Array(head)) !== 'SVG') return asItIs;
  const drawing = drawSvg(file, name);
  const bitmap = await withinTime(drawing, displayName(name), DRAW_TIMEOUT_MS, undefined, (late) => late.close());
  return { ...asItIs, bitmap };
}
