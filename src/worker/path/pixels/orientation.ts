import type { ImageHeader } from '../../../core/image-header/header.ts';
import type { ImageFormat } from '../../../core/image-header/sniff.ts';

/** Two black pixels side by side whose EXIF says "turned by 90°" (6): a browser that heeds it decodes them one above the other. */
const PROBES: Readonly<Partial<Record<ImageFormat, string>>> = {
  PNG: 'iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAAAAADRSSBWAAAAGmVYSWZNTQAqAAAACAABARIAAwAAAAEABgAAAAAAANZnS2kAAAALSURBVHicY2BgAAAAAwABuK06YwAAAABJRU5ErkJggg==',
  WebP: 'UklGRkgAAABXRUJQVlA4WAoAAAAIAAAAAQAAAAAAVlA4TAgAAAAvAQAAAIiICEVYSUYaAAAATU0AKgAAAAgAAQESAAMAAAABAAYAAAAAAAA=',
};

const answers = new Map<ImageFormat, Promise<boolean>>();

/** Whether this browser turns images of a format by their EXIF. All do for JPEG; Chromium does not for WebP. */
function browserOrients(format: ImageFormat): Promise<boolean> {
  const probe = PROBES[format];
  if (!probe) return Promise.resolve(true);
  let answer = answers.get(format);
  if (!answer) {
    answer = probeOrientation(probe);
    answers.set(format, answer);
  }
  return answer;
}

async function probeOrientation(base64: string): Promise<boolean> {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes]), { imageOrientation: 'from-image' });
  const turned = bitmap.height === 2;
  bitmap.close();
  return turned;
}

/** A decoded bitmap turned as its header's EXIF says, where the browser's decoder has not done so. Closes the one it replaces. */
export async function orient(bitmap: ImageBitmap, header: ImageHeader): Promise<ImageBitmap> {
  if (header.orientation === 1 || (await browserOrients(header.format))) return bitmap;
  const { width, height } = bitmap;
  const swapped = header.orientation >= 5;
  const canvas = new OffscreenCanvas(swapped ? height : width, swapped ? width : height);
  const drawing = canvas.getContext('2d');
  if (!drawing) throw new Error('this browser gives no 2D canvas in a worker');
  drawing.setTransform(orientationMatrix(header.orientation, width, height));
  drawing.drawImage(bitmap, 0, 0);
  bitmap.close();
  return canvas.transferToImageBitmap();
}

/** Maps a stored image to the upright one (EXIF 2.3, tag 274): 2–4 mirror or turn within the same shape, 5–8 swap the sides. */
function orientationMatrix(orientation: number, width: number, height: number): DOMMatrix2DInit {
  switch (orientation) {
    case 2:
      return { a: -1, b: 0, c: 0, d: 1, e: width, f: 0 };
    case 3:
      return { a: -1, b: 0, c: 0, d: -1, e: width, f: height };
    case 4:
      return { a: 1, b: 0, c: 0, d: -1, e: 0, f: height };
    case 5:
      return { a: 0, b: 1, c: 1, d: 0, e: 0, f: 0 };
    case 6:
      return { a: 0, b: 1, c: -1, d: 0, e: height, f: 0 };
    case 7:
      return { a: 0, b: -1, c: -1, d: 0, e: height, f: width };
    case 8:
      return { a: 0, b: -1, c: 1, d: 0, e: 0, f: width };
    default:
      return { a: 1, b: 0, c: 0, d: 1, e: 0, f: 0 };
  }
}
